// Guarantees about the key of a shared subscription: two subscriptions have the same key only if
// equal events give both equal answers.
import { buildSchema, getOperationAST, type OperationDefinitionNode, parse } from "graphql";
import { pino } from "pino";
import { expect, test } from "vitest";
import type { Identity } from "#kit/trust/identity";
import { createAuthorizer } from "../policy/authorization.ts";
import { resumable } from "./resuming.ts";
import { planSubscription } from "./subscription.ts";

const schema = buildSchema(`
  directive @cacheControl(scope: Scope) on FIELD_DEFINITION
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  directive @authenticated on FIELD_DEFINITION
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  enum Scope { PRIVATE }
  type Query { one: Int @policy(policies: [["public"]]) }
  type Subscription {
    watched(id: ID!, after: Int): Entry! @authenticated
    own(after: Int): Entry! @authenticated
  }
  type Entry @policy(policies: [["public"]]) {
    seq: Int!
    many(first: Int): Int
    mine: Int @cacheControl(scope: PRIVATE)
    secret: Int @requiresScopes(scopes: [["secrets"]])
    hidden: Int @requiresScopes(scopes: [["secrets"]])
  }
`);
const directives = { argument: "after", position: "seq", previous: "seq" };
const liveDirectives = new Map([
  ["watched", { ...directives, isShared: true }],
  ["own", { ...directives, isShared: false }],
]);
const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });

interface Wish {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly scopes?: readonly string[];
  readonly operationName?: string;
  readonly generation?: string;
}

/** The key of the feed of an operation; undefined if it is not shared. */
function keyOf(query: string, wish: Wish = {}): string | undefined {
  const { variables = { id: "1" }, scopes = [], generation = "1" } = wish;
  const document = parse(query);
  const operation = getOperationAST(document, wish.operationName) as OperationDefinitionNode;
  const viewer = { id: "v", sessionId: "", roles: [], scopes, expiresAt: 0 };
  const identity: Identity = { kind: "viewer", viewer };
  const incoming = { document, operation, variables, identity };
  const judged = authorize(incoming);
  if (judged.kind === "refused") throw new Error("all of it was refused");
  const isGranted = judged.kind === "granted";
  const own = isGranted
    ? { document, definition: operation }
    : { document: judged.permitted.document, definition: judged.permitted.operation };
  const primary = { subgraph: "one", query: "", operationName: undefined, variables: [] };
  const plan = { operation: own, primary, resumable: resumable(schema, liveDirectives, own) };
  const supergraph = { apiSchema: schema };
  const options = { authorize, supergraph, generation, log: pino({ level: "silent" }) };
  const planned = planSubscription(
    options as unknown as Parameters<typeof planSubscription>[0],
    { plan, variables, restore: (answer: unknown) => answer } as unknown as Parameters<
      typeof planSubscription
    >[1],
    incoming,
    "",
  );
  return planned.sharing?.key;
}

const watching = (selection: string, more = "") =>
  `subscription($id: ID!${more}) { watched(id: $id) { ${selection} } }`;
const PLAIN = watching("seq");

test("operation names, spaces, positions and unused variables do not change the key", () => {
  const key = keyOf(PLAIN);
  expect(key).toBeDefined();
  const alike: readonly (readonly [string, Wish?])[] = [
    ["subscription Other($id: ID!) {\n  watched(id: $id) { seq } # words\n }"],
    ["subscription($id: ID!, $after: Int) { watched(id: $id, after: $after) { seq } }"],
    ["subscription($id: ID!, $after: Int = 3) { watched(after: $after, id: $id) { seq } }"],
    ["subscription($id: ID!) { watched(id: $id, after: 7) { seq } }"],
    ["subscription($unused: Int, $id: ID!) { watched(id: $id) { seq } }"],
    [PLAIN, { variables: { id: "1", nothing: true } }],
    [PLAIN, { scopes: ["secrets"] }],
  ];
  for (const [query, wish] of alike) expect(keyOf(query, wish)).toBe(key);
  const resumed = { variables: { id: "1", after: 5 } };
  expect(keyOf(alike[1]?.[0] ?? "", resumed)).toBe(key);
});

test("another generation, argument, field, alias or variable changes the key", () => {
  const more = ", $n: Int = 5, $b: Boolean = true";
  const many = watching("seq many(first: $n)", more);
  const when = watching("seq many @include(if: $b)", more);
  const keys = [
    keyOf(PLAIN),
    keyOf(PLAIN, { generation: "2" }),
    keyOf(PLAIN, { variables: { id: "2" } }),
    keyOf(watching("seq many")),
    keyOf(watching("position: seq")),
    keyOf(`subscription { watched(id: "1") { seq } }`),
    keyOf(many),
    keyOf(many, { variables: { id: "1", n: 6 } }),
    // Null is not the default.
    keyOf(many, { variables: { id: "1", n: null } }),
    keyOf(when),
    keyOf(when, { variables: { id: "1", b: false } }),
    // The variable of the position is used for another argument too.
    ...[1, 2].map((n) =>
      keyOf("subscription($n: Int) { watched(id: 1, after: $n) { many(first: $n) } }", {
        variables: { n },
      }),
    ),
  ];
  expect(keys).not.toContain(undefined);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a subscription without @shared, with a scope or with a private field is not shared", () => {
  expect(keyOf(watching("seq mine"))).toBeUndefined();
  expect(keyOf(watching("seq secret"), { scopes: ["secrets"] })).toBeUndefined();
  expect(keyOf("subscription { own { seq } }")).toBeUndefined();
  expect(keyOf("subscription { ... on Subscription { watched(id: 1) { seq } } }")).toBeUndefined();
});

test("a viewer who may not read every field does not share, because the errors differ", () => {
  const wish = { variables: { id: "1", a: true } };
  const query = watching("seq secret @include(if: $a)", ", $a: Boolean!");
  expect(keyOf(query, wish)).toBeUndefined();
  const two = `subscription A { watched(id: 1) { seq secret } }
    subscription B { watched(id: 1) { seq hidden } }`;
  expect(keyOf(two, { operationName: "A" })).toBeUndefined();
});
