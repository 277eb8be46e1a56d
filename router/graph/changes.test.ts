// Guarantees about which running operations end when the graph changes.
import {
  buildSchema,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { expect, test } from "vitest";
import { ANONYMOUS, AUDIENCE, type Identity } from "#kit/trust/identity";
import type { RunningOperation } from "../execution/subscription.ts";
import { createAuthorizer } from "../policy/authorization.ts";
import { createChanges } from "./changes.ts";
import type { Generation } from "./graph.ts";

/** A generation of the graph whose event has these fields. */
function aGeneration(fields: string, subgraph = "watched"): Generation {
  const addresses = [{ name: subgraph, url: "http://watched" }];
  const schema = buildSchema(`
    directive @authenticated on FIELD_DEFINITION
    directive @cacheControl(scope: Scope) on FIELD_DEFINITION
    enum Scope { PRIVATE }
    type Query { one: Int }
    type Subscription { watched: Entry }
    type Entry { ${fields} }
  `);
  const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });
  return { supergraph: { apiSchema: schema, addresses }, authorize } as unknown as Generation;
}

/** A subscription that this generation planned. */
function planned(
  { supergraph, authorize }: Generation,
  selection: string,
  identities: readonly [Identity, ...Identity[]] = [ANONYMOUS],
): RunningOperation {
  const schema: GraphQLSchema = supergraph.apiSchema;
  const document = parse(`subscription { watched { ${selection} } }`);
  const [operation] = document.definitions as readonly OperationDefinitionNode[];
  if (!operation) throw new Error("there is no operation");
  const whole = { document, operation };
  const judged = authorize({ ...whole, variables: {}, identity: identities[0] });
  if (judged.kind === "refused") throw new Error("it was refused");
  const permitted = judged.kind === "granted" ? whole : judged.permitted;
  return { schema, document, permitted, variables: {}, subgraphs: ["watched"], identities };
}

/** The codes with which a running subscription ends when the graph changes. */
function codesOf(before: string, after: string, selection: string, shared = false): unknown[] {
  const [first, second] = [aGeneration(before), aGeneration(after)];
  const changes = createChanges();
  const codes: unknown[] = [];
  const running = planned(first, selection, shared ? [ANONYMOUS, AUDIENCE] : [ANONYMOUS]);
  changes.whenInvalid(running, ({ extensions }) => codes.push(extensions.code));
  changes.publish(second);
  changes.publish(second);
  return codes;
}

const ENDS = ["GRAPHQL_VALIDATION_FAILED"];

test.each([
  ["with a field that was removed", "a: Int b: Int", "a: Int", "a b"],
  ["with a field that is now denied", "a: Int b: Int", "a: Int b: Int @authenticated", "a b"],
  [
    "with another field that is now denied, while the denied one is granted",
    "a: Int b: Int @authenticated c: Int",
    "a: Int b: Int c: Int @authenticated",
    "a b c",
  ],
])("an operation %s ends, once", (_what, before, after, selection) => {
  expect(codesOf(before, after, selection)).toEqual(ENDS);
});

test.each([
  ["selects nothing that changed", "a: Int", "a: Int b: Int", "a"],
  [
    "does not select the field that is now denied",
    "a: Int b: Int",
    "a: Int b: Int @authenticated",
    "a",
  ],
  [
    "runs without a field that is still denied",
    "a: Int b: Int @authenticated",
    "a: Int b: Int @authenticated c: Int",
    "a b",
  ],
  [
    "runs without a field that is now granted",
    "a: Int b: Int @authenticated",
    "a: Int b: Int",
    "a b",
  ],
])("an operation that %s goes on", (_what, before, after, selection) => {
  expect(codesOf(before, after, selection)).toEqual([]);
});

test("a shared operation ends if a field becomes private, and an ordinary one does not", () => {
  const changed = ["a: Int", "a: Int @cacheControl(scope: PRIVATE)", "a"] as const;
  expect(codesOf(...changed, true)).toEqual(ENDS);
  expect(codesOf(...changed, false)).toEqual([]);
});

test("an operation that was planned before the change and starts after it ends too", async () => {
  const [first, second] = [aGeneration("a: Int"), aGeneration("a: Int @authenticated")];
  const changes = createChanges();
  const before = planned(first, "a");
  changes.publish(second);
  const reason = new Promise<GraphQLError>((resolve) => changes.whenInvalid(before, resolve));
  expect((await reason).extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("an operation with a removed subgraph ends, to be subscribed again", () => {
  const changes = createChanges();
  const codes: unknown[] = [];
  changes.whenInvalid(planned(aGeneration("a: Int"), "a"), ({ extensions }) =>
    codes.push(extensions.code),
  );
  changes.publish(aGeneration("a: Int", "others"));
  expect(codes).toEqual(["SUBGRAPH_UNAVAILABLE"]);
});

test("an operation that has ended is not notified", async () => {
  const [first, second] = [aGeneration("a: Int"), aGeneration("b: Int")];
  const changes = createChanges();
  const codes: unknown[] = [];
  const begin = () => changes.whenInvalid(planned(first, "a"), (reason) => codes.push(reason));
  begin()();
  changes.publish(second);
  begin()();
  await Promise.resolve();
  expect(codes).toEqual([]);
});
