// Guarantees about the cost of operations: Apollo's documented examples, the effect of variables
// and conditions, the limit of a page, and the actual cost of an answer.
import { buildSchema, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../limits/limits.ts";
import { createGuard, type Verdict } from "./guard.ts";

const DIRECTIVES = /* GraphQL */ `
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | FIELD_DEFINITION | OBJECT
  directive @listSize(
    assumedSize: Int
    slicingArguments: [String!]
    sizedFields: [String!]
    requireOneSlicingArgument: Boolean = true
  ) on FIELD_DEFINITION
`;

function guardOf(sdl: string) {
  const schema = buildSchema(DIRECTIVES + sdl);
  return createGuard({ apiSchema: schema, fullSchema: schema }, DEFAULT_LIMITS);
}

function judge(sdl: string, text: string, variables: Record<string, unknown> = {}): Verdict {
  const document = parse(text);
  const [operation] = document.definitions.flatMap((node) =>
    node.kind === "OperationDefinition" ? [node] : [],
  );
  const incoming = { document, operation, operationName: undefined, variables, canStream: true };
  return guardOf(sdl).judgeOperation(incoming);
}

function costOf(sdl: string, text: string, variables?: Record<string, unknown>) {
  const verdict = judge(sdl, text, variables);
  if (verdict.kind === "refused") throw verdict.error;
  return verdict.cost;
}

function refusal(sdl: string, text: string, variables?: Record<string, unknown>) {
  const verdict = judge(sdl, text, variables);
  return verdict.kind === "refused" ? verdict.error.extensions : null;
}

describe("Apollo's documented examples:", () => {
  const library = (address: string) => `
    type Query {
      book(id: ID): Book
      bestsellers: [Book] @listSize(assumedSize: 5)
      newestAdditions(after: ID, limit: Int!): [Book] @listSize(slicingArguments: ["limit"])
    }
    type Book { title: String author: Author publisher: Publisher }
    type Author { name: String }
    type Publisher { name: String address: Address }
    type Address ${address} { zipCode: Int! }
  `;
  const weighted = library("@cost(weight: 5)");
  const selection = "{ title author { name } publisher { name address { zipCode } } }";

  test.each([
    ["a book", library(""), "book(id: 1)", 4],
    ["a book whose address is expensive", weighted, "book(id: 1)", 8],
    ["five bestsellers", weighted, "bestsellers", 40],
    ["three new books", weighted, "newestAdditions(limit: 3)", 24],
    ["seven new books", weighted, "newestAdditions(limit: 7)", 56],
  ])("%s", (_what, sdl, field, cost) => {
    expect(costOf(sdl, `{ ${field} ${selection} }`).estimated).toBe(cost);
  });
});

const GRAPH = /* GraphQL */ `
  type Query {
    item: Item
    items(first: Int = 20): Items
      @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
    log(first: Int, last: Int): Items
      @listSize(assumedSize: 7, slicingArguments: ["first", "last"], sizedFields: ["edges"])
    free: Int
    dear: Int @cost(weight: 9)
    any: Any
    plain: [Item]
    names: [String]
    find(by: By, text: String @cost(weight: 3)): Item
  }
  type Mutation { change(by: By): Item }
  type Subscription { item: Item }
  type Items @cost(weight: 0) { edges: [Edge!]! note: Item }
  type Edge @cost(weight: 0) { node: Item }
  type Item { id: ID item: Item items(first: Int = 20): Items
      @listSize(slicingArguments: ["first"], sizedFields: ["edges"]) }
  type Heavy @cost(weight: 6) { id: ID }
  union Any = Item | Heavy
  input By { id: ID words: [String] also: By all: [By!] }
`;
const NODES = "{ edges { node { id } } }";
const estimated = (text: string, variables?: Record<string, unknown>) =>
  costOf(GRAPH, text, variables).estimated;

describe("the estimate", () => {
  test.each<[string, string, number, Record<string, unknown>?]>([
    ["of an object", "{ item { id } }", 1],
    ["of scalars", "{ free names __typename }", 0],
    ["of a weighted field", "{ dear }", 9],
    ["of a mutation", "mutation { change { id } }", 11],
    ["of a subscription, for each event", "subscription { item { item { id } } }", 2],
    ["of a union: that of its most expensive member", "{ any { ... on Item { id } } }", 6],
    ["of a list without a size: a page", "{ plain { id } }", 20],
    ["of a page by default", `{ items ${NODES} }`, 20],
    ["of a page by a literal", `{ items(first: 30) ${NODES} }`, 30],
    ["of a page by null", `{ items(first: null) ${NODES} }`, 20],
    ["of a page by a variable", `query($n: Int) { items(first: $n) ${NODES} }`, 9, { n: 9 }],
    ["of a page by a variable's default", `query($n: Int = 8) { items(first: $n) ${NODES} }`, 8],
    ["of a page by a variable left out", `query($n: Int) { items(first: $n) ${NODES} }`, 20],
    ["of the greater of two pages", `{ log(first: 3, last: 5) ${NODES} }`, 5],
    ["of an assumed size", `{ log ${NODES} }`, 7],
    ["of a field beside the list whose size is set", "{ items(first: 5) { note { id } } }", 1],
    [
      "of pages in pages",
      `{ items(first: 5) { edges { node { items(first: 3) ${NODES} } } } }`,
      20,
    ],
    [
      "through fragments",
      "{ ...F } fragment F on Query { items(first: 5) { ... { ...G } } } fragment G on Items { edges { node { id } } }",
      5,
    ],
    [
      "of an input object and all inside it",
      `{ find(by: { words: ["a"], also: {}, all: [{}, {}] }) { id } }`,
      5,
    ],
    [
      "of an input object in a variable",
      "query($by: By) { find(by: $by) { id } }",
      3,
      { by: { also: {} } },
    ],
    ["of a weighted argument", `{ find(text: "a") { id } }`, 4],
    [
      "of fields with a condition",
      "query($no: Boolean = false) { item @include(if: $no) { id item @skip(if: true) { id } } }",
      2,
    ],
    ["of introspection", "{ __schema { types { fields { name } } } }", 0],
  ])("%s", (_what, text, cost, variables) => {
    expect(estimated(text, variables)).toBe(cost);
  });

  test("of one operation depends on its variables", () => {
    const document = parse(`query($n: Int) { items(first: $n) ${NODES} }`);
    const guard = guardOf(GRAPH);
    const [operation] = document.definitions.flatMap((node) =>
      node.kind === "OperationDefinition" ? [node] : [],
    );
    const costs = [3, 4, undefined].map((n) => {
      const variables = n === undefined ? {} : { n };
      const incoming = {
        document,
        operation,
        operationName: undefined,
        variables,
        canStream: true,
      };
      const verdict = guard.judgeOperation(incoming);
      return verdict.kind === "accepted" ? verdict.cost.estimated : null;
    });
    expect(costs).toEqual([3, 4, 20]);
  });
});

describe("above the limit an operation is refused:", () => {
  const pages = (first: string) =>
    `items(first: 100) { edges { node { items(first: ${first}) ${NODES} } } }`;

  test("with its cost, and it is accepted at the limit", () => {
    expect(refusal(GRAPH, `{ ${pages("19")} }`)).toBeNull();
    expect(refusal(GRAPH, `{ ${pages("20")} }`)).toEqual({
      code: "OPERATION_TOO_COMPLEX",
      limit: "cost",
      received: 2_100,
      most: 2_000,
    });
  });

  test.each<[string, string, Record<string, unknown>?]>([
    ["with the size in a variable", `query($n: Int) { ${pages("$n")} }`, { n: 100 }],
    ["with the size in a variable's default", `query($n: Int = 100) { ${pages("$n")} }`],
    ["under a condition", `{ item @include(if: false) { ${pages("100")} } }`],
    ["in a mutation", `mutation { change { ${pages("100")} } }`],
    ["in a subscription", `subscription { item { ${pages("100")} } }`],
  ])("%s", (_how, text, variables) => {
    expect(refusal(GRAPH, text, variables)).toMatchObject({ limit: "cost" });
  });

  test.each<[string, number, Record<string, unknown>?]>([
    ["items(first: 101)", 101],
    ["items(first: 2147483647)", 2 ** 31 - 1],
    ["items(first: 0)", 0],
    ["items(first: -1) @include(if: false)", -1],
    ["items(first: $n)", 500, { n: 500 }],
    ["items(first: $m)", 1_000],
  ])("a page is bad input: %s", (field, received, variables) => {
    const text = `query($n: Int, $m: Int = 1000) { ${field} ${NODES} }`;
    expect(refusal(GRAPH, text, variables)).toMatchObject({
      code: "BAD_USER_INPUT",
      limit: "pageItems",
      field: "first",
      received,
    });
  });
});

test.each([
  [`query($id: ID = "1") { need(id: $id) }`, { id: null }],
  ["query($id: ID) { need(id: $id) }", {}],
])("a required argument without a value is bad input: %s", (text, variables) => {
  const sdl = "type Query { need(id: ID!): ID }";
  expect(refusal(sdl, text, variables)).toEqual({ code: "BAD_USER_INPUT" });
});

describe("the actual cost", () => {
  const nodes = (count: number) => ({ edges: Array(count).fill({ node: { id: "1" } }) });

  test.each<[string, string, unknown, number]>([
    ["of a full page", `{ items(first: 3) ${NODES} }`, { items: nodes(3) }, 3],
    ["of a page that is not full", `{ items ${NODES} }`, { items: nodes(2) }, 2],
    ["of null", `{ items ${NODES} }`, null, 0],
    ["of null fields", "{ item { id } dear }", { item: null, dear: null }, 0],
    ["of a field that a condition left out", "{ item @include(if: false) { id } }", {}, 0],
    ["of a mutation", "mutation { change(by: {}) { id } }", { change: { id: "1" } }, 12],
    [
      "of a field that is selected twice, once",
      "{ a: item { id } ...F } fragment F on Query { a: item { item { id } } }",
      { a: { id: "1", item: { id: "2" } } },
      2,
    ],
    [
      "of a field with the alias __proto__",
      "{ __proto__: item { id } }",
      JSON.parse(`{"__proto__":{"id":"1"}}`),
      1,
    ],
  ])("%s", (_what, text, data, cost) => {
    expect(costOf(GRAPH, text).actualOf(data)).toBe(cost);
  });
});
