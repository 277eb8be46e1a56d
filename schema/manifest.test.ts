// The manifest of operations. The expected text and id are from Apollo's own tool
// (@apollo/generate-persisted-query-manifest 1.4) for the same document.
import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { manifestOf, withReleased } from "./manifest.ts";

const TRICKY = `
# A comment.
fragment Zed on User { id  ...Alpha }
query Tricky($id: ID! = "x", $flag: Boolean = true) @cached {
  me { ...Zed ... on User @include(if: $flag) { displayName } ... { id } __typename }
  t: __typename __schema { types { name } }
  user(id: $id) { registrations { edges { node { __typename id } } } }
}
fragment Alpha on User { id }
`;

const BODY = `query Tricky($id: ID! = "x", $flag: Boolean = true) @cached {
  me {
    ...Zed
    ... on User @include(if: $flag) {
      displayName
      __typename
    }
    ... {
      id
      __typename
    }
    __typename
  }
  t: __typename
  __schema {
    types {
      name
      __typename
    }
    __typename
  }
  user(id: $id) {
    registrations {
      edges {
        node {
          __typename
          id
        }
        __typename
      }
      __typename
    }
    __typename
  }
}

fragment Alpha on User {
  id
  __typename
}

fragment Zed on User {
  id
  ...Alpha
  __typename
}`;

describe("the manifest", () => {
  test("has the same text and id for a document as Apollo's tool", () => {
    const id = "fd613130d7552eef88f36d58039d3b31bacd3a03f3763f52c55086767d322e40";
    expect(manifestOf([TRICKY])).toEqual({
      format: "apollo-persisted-query-manifest",
      version: 1,
      operations: [{ id, name: "Tricky", type: "query", body: BODY }],
    });
  });

  test("does not depend on the layout or the order of documents", () => {
    const [a, b] = ["query A { me { id } }", "query\tB{me{id}} # b"] as const;
    expect(manifestOf([a, b])).toEqual(manifestOf(["query B { me { id } }", a]));
  });

  test("of its own texts is itself: nothing is added twice", () => {
    const [made] = manifestOf([TRICKY]).operations;
    expect(manifestOf([made?.body ?? ""]).operations).toEqual([made]);
  });

  test.each([
    ["an operation without a name", ["{ me { id } }"]],
    ["two operations in a document", ["query A { me { id } } query B { me { id } }"]],
    ["no operation", ["fragment F on User { id }"]],
    ["two operations of one name", ["query A { me { id } }", "query A { t: __typename }"]],
    [
      "two fragments of one name",
      [
        "query A { me { ...F } } fragment F on User { id }",
        "query B { me { ...F } } fragment F on User { id }",
      ],
    ],
  ])("refuses %s, as Apollo's tool does", (_what, texts) => {
    expect(() => manifestOf(texts)).toThrow(/one named operation|rename one/);
  });
});

describe("a manifest with the operations of a release", () => {
  const schema = buildSchema("type Query { a: Int b: Int c: Int }");
  const released = manifestOf(["query A { a }", "query B { b }", "query D { d }"]);
  const now = manifestOf(["query A { a c }", "query B { b }", "query C { c }"]);
  const { operations } = withReleased(now, released, schema);

  test("keeps the ids that changed, the current one last, and has equal ones once", () => {
    const [was] = released.operations;
    expect(operations).toEqual([was, ...now.operations]);
    expect(withReleased(now, { ...now, operations }, schema).operations).toEqual(operations);
  });

  test("drops what the graph cannot answer any more", () => {
    expect(operations.map(({ name }) => name)).not.toContain("D");
  });
});
