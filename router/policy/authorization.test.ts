// Guarantees about filtering by authorization, example by example: the document that still runs,
// and the answer. authorization.property.test.ts compares answers with GraphQL's own for any
// schema.
import { buildSchema, type ExecutionResult, parse, print } from "graphql";
import { describe, expect, test } from "vitest";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";
import { type Authorization, createAuthorizer } from "./authorization.ts";

const schema = buildSchema(/* GraphQL */ `
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @cacheControl(scope: Scope) on FIELD_DEFINITION | OBJECT
  directive @signsIn on FIELD_DEFINITION
  directive @whileRestricted on FIELD_DEFINITION | OBJECT
  enum Scope { PUBLIC PRIVATE }
  type Query {
    open: Int
    thing: Thing
    things: [Thing!]!
    someone: Person
    anyone: Any
    people: [Person!]! @authenticated
    secret: Int @authenticated
    sure: Int! @authenticated
    report: Int @requiresScopes(scopes: [["report"]])
    own: Int @policy(policies: [["self"], ["admin"]])
    mine: Int @authenticated @cacheControl(scope: PRIVATE)
    still: Int @authenticated @whileRestricted
  }
  type Mutation {
    open: Int
    write: Int! @requiresScopes(scopes: [["write"]])
    maybe: Int @requiresScopes(scopes: [["write"]])
    signIn: SignIn
  }
  type Subscription { watched: Entry hush: Entry @authenticated }
  type Entry { seq: Int who: Person }
  interface Thing { id: Int note: String owner: Person }
  type Chair implements Thing { id: Int note: String owner: Person legs: Int }
  type Letter implements Thing { id: Int note: String @authenticated owner: Person pages: [Page!]! }
  type Page { text: String! @authenticated number: Int }
  type Person @authenticated { name: String friends: [Person!] email: String @policy(policies: [["self"]])
    report: Int @requiresScopes(scopes: [["report"]]) }
  union Any = Person | Chair
  type SignIn { token: String viewer: Person! @signsIn }
`);
const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });

const viewer = (...scopes: string[]): Identity => ({
  kind: "viewer",
  viewer: { id: "1", sessionId: "2", roles: [], scopes, expiresAt: 0 },
});
const AUDIENCE: Identity = { kind: "audience" };

function authorized(text: string, identity: Identity = ANONYMOUS, variables = {}): Authorization {
  return authorizedDocument(parse(text), identity, variables);
}

function authorizedDocument(
  document: ReturnType<typeof parse>,
  identity: Identity,
  variables = {},
) {
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("no operation comes first");
  return authorize({ document, operation, identity, variables });
}

/** The document that runs, on one line; null if nothing runs. */
function permittedText(text: string, identity?: Identity, variables = {}): string | null {
  const authorization = authorized(text, identity, variables);
  if (authorization.kind === "refused") return null;
  if (authorization.kind === "granted") return text;
  return print(authorization.permitted.document).replace(/\s+/g, " ");
}

function factsOf({ data, errors = [] }: ExecutionResult) {
  const codes = errors.map(({ path = [], extensions: { code } }) => `${path.join(".")}: ${code}`);
  return [JSON.parse(JSON.stringify(data ?? null)), codes];
}

describe("when nothing is denied", () => {
  test.each<[string, string, Identity]>([
    ["for anybody", "{ open thing { id ... on Chair { legs } } __typename }", ANONYMOUS],
    ["for a viewer", "{ secret own mine someone { name friends { email } } }", viewer()],
    ["for a viewer with the scope", "mutation { write maybe }", viewer("write")],
    ["for an audience", "subscription { hush { who { name } } }", AUDIENCE],
    [
      "for introspection",
      '{ __schema { types { name } } __type(name: "Page") { name } }',
      ANONYMOUS,
    ],
  ])("%s, the document does not change", (_what, text, identity) => {
    expect(authorized(text, identity)).toEqual({ kind: "granted" });
  });

  test("a fragment that applies to no type changes nothing", () => {
    const text = "{ anyone { ... on Chair { ... on Thing { ... on Letter { note } } } } }";
    expect(authorized(text)).toEqual({ kind: "granted" });
  });
});

describe("a denied field is not fetched:", () => {
  test.each<[string, string, string | null, Identity?]>([
    ["a field", "{ open secret }", "{ open }"],
    ["an alias", "{ a: secret b: open }", "{ b: open }"],
    ["every field", "{ secret a: report ... { own } }", null],
    ["a field of one person, for an audience", "{ open mine }", "{ open }", AUDIENCE],
    ["a field that needs a relation, for an audience", "{ open own }", "{ open }", AUDIENCE],
    ["a field that needs a scope", "{ secret report }", "{ secret }", viewer("write")],
    [
      "every field of an object; its __typename is, to see whether it is null",
      "{ someone { name friends { name } } }",
      "{ someone { objectType: __typename } }",
    ],
    [
      "every field of an object; its __typename has a key of its own",
      "{ thing { objectType: id note } objectType2: open }",
      "{ thing { objectType3: __typename objectType: id ... on Chair { ... on Thing { note } } } objectType2: open }",
    ],
    [
      "a field of an interface, on the types that deny it",
      "{ things { id note } }",
      "{ things { objectType: __typename id ... on Chair { ... on Thing { note } } } }",
    ],
    [
      "the fields of one member of a union",
      "{ anyone { ... on Person { name } ... on Chair { legs note } } }",
      "{ anyone { objectType: __typename ... on Chair { legs note } } }",
    ],
    [
      "a field beside a fragment on an interface that is granted there",
      "{ anyone { ... on Chair { ... on Thing { note } } ... on Person { name } } }",
      "{ anyone { objectType: __typename ... on Chair { ... on Thing { note } } } }",
    ],
    [
      "a field of a named fragment; the other fragments stay",
      "{ thing { ...A ...B } } fragment A on Thing { ...C note } fragment B on Thing { id } fragment C on Thing { id }",
      "{ thing { objectType: __typename ... on Thing { ...C ... on Chair { ... on Thing { note } } } ...B } }" +
        " fragment B on Thing { id } fragment C on Thing { id }",
    ],
    [
      "a field under a condition; its neighbours keep theirs",
      "query ($x: Boolean!) { open ... @skip(if: $x) { thing @include(if: $x) { owner { name } } secret } }",
      "query ($x: Boolean!) { open ... on Query @skip(if: $x) { thing @include(if: $x) {" +
        " objectType: __typename owner { objectType: __typename } } } }",
    ],
  ])("%s", (_what, text, expected, identity) => {
    expect(permittedText(text, identity, { x: true })).toBe(expected);
  });

  test("a restricted person's document keeps what is public or marked, and no one shares it", () => {
    const somebody = { id: "1", sessionId: "2", roles: [], scopes: [], expiresAt: 0 };
    const restricted: Identity = {
      kind: "viewer",
      viewer: { ...somebody, isRestricted: true },
    };
    const text = "{ open still secret own }";
    expect(permittedText(text, restricted)).toBe("{ open still }");
    expect(authorized(text, viewer())).toEqual({ kind: "granted" });
    expect(permittedText(text, restricted)).toBe("{ open still }");
  });

  test("below a field with @signsIn only fields that need a scope are denied", () => {
    expect(permittedText("mutation { signIn { token viewer { name email report } } }")).toBe(
      "mutation { signIn { objectType: __typename token viewer { objectType: __typename name email } } }",
    );
    const granted =
      "mutation { signIn { viewer { ...P friends { email } } } } fragment P on Person { name }";
    expect(authorized(granted)).toEqual({ kind: "granted" });
  });
});

describe("nothing runs", () => {
  test.each<[string, string, unknown, string[]]>([
    ["if every field is denied", "{ a: secret own }", { a: null, own: null }, ["a", "own"]],
    ["if a denied root field must not be null", "{ open secret sure }", null, ["secret", "sure"]],
    [
      "if a denied mutation must not be null, not even its neighbour",
      "mutation { open write }",
      null,
      ["write"],
    ],
  ])("%s", (_when, text, data, paths) => {
    const authorization = authorized(text);
    if (authorization.kind !== "refused") throw new Error(authorization.kind);
    expect(factsOf(authorization.answer)).toEqual([
      data,
      paths.map((path) => `${path}: UNAUTHENTICATED`),
    ]);
  });

  test("of a subscription whose root is denied, and its answer has no data", () => {
    const authorization = authorized("subscription { hush { seq } }");
    expect(authorization).toMatchObject({
      kind: "refused",
      answer: { errors: [{ path: ["hush"] }] },
    });
    expect(authorization).not.toHaveProperty("answer.data");
    expect(permittedText("subscription { watched { seq who { name } } }")).toBe(
      "subscription { watched { objectType: __typename seq who { objectType: __typename } } }",
    );
  });

  test("unless the denied root field may be null", () => {
    expect(permittedText("mutation { open maybe }")).toBe("mutation { open }");
    expect(authorized("{ open sure @skip(if: true) }").kind).toBe("filtered");
  });
});

test("an operation is filtered once for all viewers with the same rights", () => {
  const document = parse("{ open report secret }");
  const permitted = (identity: Identity) => {
    const authorization = authorizedDocument(document, identity);
    return authorization.kind === "filtered" ? authorization.permitted : null;
  };
  expect(permitted(ANONYMOUS)).toBe(permitted(ANONYMOUS));
  expect(permitted(viewer("a"))).toBe(permitted(viewer("b", "c")));
  expect(permitted(viewer("report"))).toBeNull();
  expect(permitted(viewer())).not.toBe(permitted(ANONYMOUS));
});
