// Guarantees about answers with denied fields: null with an error at the path, by the rules of
// GraphQL. authorization.property.test.ts tests the same for any schema.
import { buildSchema, type ExecutionResult, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";
import { createAuthorizer } from "./authorization.ts";

const schema = buildSchema(/* GraphQL */ `
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  type Query {
    open: Int
    thing: Thing
    things: [Thing!]!
    someone: Person
    secret: Int @authenticated
    report: Int @requiresScopes(scopes: [["report"]])
  }
  interface Thing { id: Int note: String owner: Person }
  type Chair implements Thing { id: Int note: String owner: Person legs: Int }
  type Letter implements Thing {
    id: Int
    note: String @authenticated
    owner: Person
    pages: [Page!]!
    drafts: [Page]
  }
  type Page { text: String! @authenticated number: Int }
  type Person @authenticated { name: String friends: [Person!] }
`);
const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });
const VIEWER: Identity = {
  kind: "viewer",
  viewer: { id: "1", sessionId: "2", roles: [], scopes: [], expiresAt: 0 },
};

function restoreOf(text: string, identity: Identity = ANONYMOUS, variables = {}) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("no operation comes first");
  const authorization = authorize({ document, operation, identity, variables });
  if (authorization.kind !== "filtered") throw new Error(authorization.kind);
  return authorization.restore;
}

/** The client's data and its error codes by path, for the answer to the filtered operation. */
function answered(text: string, answer: ExecutionResult, variables = {}) {
  const { data, errors = [] } = restoreOf(text, ANONYMOUS, variables)(answer);
  const codes = errors.map(({ path = [], extensions: { code } }) => `${path.join(".")}: ${code}`);
  return [JSON.parse(JSON.stringify(data)), codes];
}

describe("in the answer", () => {
  test("a denied field is null with its error, in the order of the document", () => {
    const text = "{ secret open thing { b: id a: note id } }";
    const data = { open: 1, thing: { objectType: "Letter", b: 2, id: 2 } };
    const answer = answered(text, { data });
    expect(answer).toEqual([
      { secret: null, open: 1, thing: { b: 2, a: null, id: 2 } },
      ["secret: UNAUTHENTICATED", "thing.a: UNAUTHENTICATED"],
    ]);
    expect(JSON.stringify(answer[0])).toBe(
      `{"secret":null,"open":1,"thing":{"b":2,"a":null,"id":2}}`,
    );
  });

  test("null propagates to the next nullable field, through lists", () => {
    const text = "{ things { id ... on Letter { pages { number text } } } }";
    const page = { objectType: "Page", number: 1 };
    const letter = (...pages: unknown[]) => ({ objectType: "Letter", id: 1, pages });
    const chair = { objectType: "Chair", id: 2 };
    expect(answered(text, { data: { things: [chair, letter()] } })).toEqual([
      { things: [{ id: 2 }, { id: 1, pages: [] }] },
      [],
    ]);
    expect(answered(text, { data: { things: [chair, letter(page, page)] } })).toEqual([
      null,
      ["things.1.pages.0.text: UNAUTHENTICATED"],
    ]);
  });

  test("a list with nullable items keeps the others", () => {
    const text =
      "{ thing { ... on Letter { drafts { text @include(if: true) number } } owner { name } } }";
    const drafts = [{ objectType: "Page", number: 1 }, null];
    const data = { thing: { objectType: "Letter", drafts, owner: null } };
    expect(answered(text, { data })).toEqual([
      { thing: { drafts: [null, null], owner: null } },
      ["thing.drafts.0.text: UNAUTHENTICATED"],
    ]);
  });

  test("a null object, and a field that a condition left out, give no error", () => {
    const text =
      "query ($x: Boolean = true) { thing { note } secret @skip(if: $x) open @include(if: $x) }";
    expect(answered(text, { data: { thing: null, open: 1 } })).toEqual([
      { thing: null, open: 1 },
      [],
    ]);
    expect(answered(text, { data: { thing: null } }, { x: false })).toEqual([
      { thing: null, secret: null },
      ["secret: UNAUTHENTICATED"],
    ]);
  });

  test("errors of subgraphs stay, and their nulls get no second error", () => {
    const deleted = { message: "deleted", path: ["thing"], extensions: { code: "NOT_FOUND" } };
    const errors = [deleted] as unknown as NonNullable<ExecutionResult["errors"]>;
    expect(answered("{ thing { note } secret }", { data: { thing: null }, errors })).toEqual([
      { thing: null, secret: null },
      ["thing: NOT_FOUND", "secret: UNAUTHENTICATED"],
    ]);
    expect(answered("{ open secret }", { data: null, errors })).toEqual([
      null,
      ["thing: NOT_FOUND"],
    ]);
  });

  test("a key that is selected twice appears once", () => {
    const text =
      "{ thing { id } thing { note } ...T } fragment T on Query { thing { ... on Chair { legs } } }";
    const data = { thing: { objectType: "Letter", id: 1 } };
    expect(answered(text, { data })).toEqual([
      { thing: { id: 1, note: null } },
      ["thing.note: UNAUTHENTICATED"],
    ]);
  });

  test("a key named __proto__ is restored too", () => {
    const data = JSON.parse(`{"__proto__":{"objectType":"Letter","constructor":1}}`);
    const text = "{ __proto__: thing { constructor: id toString: note } }";
    expect(JSON.stringify(restoreOf(text)({ data }).data)).toBe(
      `{"__proto__":{"constructor":1,"toString":null}}`,
    );
  });

  test("an error says which right is missing, and answers share no error objects", () => {
    const restore = restoreOf("{ secret report }", VIEWER);
    const [first, second] = [1, 2].map(() => restore({ data: { secret: 1 } }).errors);
    expect(first?.map((error) => error.toJSON())).toEqual([
      {
        message: "This needs the scope report.",
        path: ["report"],
        locations: [{ line: 1, column: 10 }],
        extensions: { code: "FORBIDDEN", scopes: [["report"]] },
      },
    ]);
    expect(first?.[0]?.extensions).not.toBe(second?.[0]?.extensions);
  });
});
