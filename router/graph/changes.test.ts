// Guarantees about which of the operations that run outlive a change of the graph.
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

/** A generation whose fields are these. */
function aGeneration(fields: string, subgraph = "told"): Generation {
  const addresses = [{ name: subgraph, url: "http://told" }];
  const schema = buildSchema(`
    directive @authenticated on FIELD_DEFINITION
    directive @cacheControl(scope: Scope) on FIELD_DEFINITION
    enum Scope { PRIVATE }
    type Query { one: Int }
    type Subscription { told: Told }
    type Told { ${fields} }
  `);
  const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });
  return { supergraph: { apiSchema: schema, addresses }, authorize } as unknown as Generation;
}

/** A subscription as it was planned by that generation. */
function planned(
  { supergraph, authorize }: Generation,
  selection: string,
  identities: readonly [Identity, ...Identity[]] = [ANONYMOUS],
): RunningOperation {
  const schema: GraphQLSchema = supergraph.apiSchema;
  const document = parse(`subscription { told { ${selection} } }`);
  const [operation] = document.definitions as readonly OperationDefinitionNode[];
  if (!operation) throw new Error("there is no operation");
  const asked = { document, operation };
  const judged = authorize({ ...asked, variables: {}, identity: identities[0] });
  if (judged.kind === "refused") throw new Error("it was refused");
  const permitted = judged.kind === "granted" ? asked : judged.permitted;
  return { schema, document, permitted, variables: {}, subgraphs: ["told"], identities };
}

/** What a subscription that runs is told when the graph changes so. */
function toldOf(before: string, after: string, selection: string, shared = false): unknown[] {
  const [first, second] = [aGeneration(before), aGeneration(after)];
  const changes = createChanges();
  const told: unknown[] = [];
  const running = planned(first, selection, shared ? [ANONYMOUS, AUDIENCE] : [ANONYMOUS]);
  changes.whenInvalid(running, ({ extensions }) => told.push(extensions.code));
  changes.publish(second);
  changes.publish(second);
  return told;
}

const ENDS = ["GRAPHQL_VALIDATION_FAILED"];

test.each([
  ["of which a part is not there any more", "a: Int b: Int", "a: Int", "a b"],
  ["of which a part is denied now", "a: Int b: Int", "a: Int b: Int @authenticated", "a b"],
  [
    "of which another part is denied now, though what was denied is granted",
    "a: Int b: Int @authenticated c: Int",
    "a: Int b: Int c: Int @authenticated",
    "a b c",
  ],
])("an operation %s ends, once", (_what, before, after, selection) => {
  expect(toldOf(before, after, selection)).toEqual(ENDS);
});

test.each([
  ["asks for what has not changed", "a: Int", "a: Int b: Int", "a"],
  ["does not ask for what is denied now", "a: Int b: Int", "a: Int b: Int @authenticated", "a"],
  [
    "goes without a part that is still denied",
    "a: Int b: Int @authenticated",
    "a: Int b: Int @authenticated c: Int",
    "a b",
  ],
  [
    "goes without a part that is granted now",
    "a: Int b: Int @authenticated",
    "a: Int b: Int",
    "a b",
  ],
])("an operation that %s goes on", (_what, before, after, selection) => {
  expect(toldOf(before, after, selection)).toEqual([]);
});

test("one that is shared ends with what has become private, and one's own does not", () => {
  const changed = ["a: Int", "a: Int @cacheControl(scope: PRIVATE)", "a"] as const;
  expect(toldOf(...changed, true)).toEqual(ENDS);
  expect(toldOf(...changed, false)).toEqual([]);
});

test("one that was planned before the change and begins behind it is judged too", async () => {
  const [first, second] = [aGeneration("a: Int"), aGeneration("a: Int @authenticated")];
  const changes = createChanges();
  const before = planned(first, "a");
  changes.publish(second);
  const reason = new Promise<GraphQLError>((resolve) => changes.whenInvalid(before, resolve));
  expect((await reason).extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
});

test("one that asks a subgraph that is not there any more ends, to be asked anew", () => {
  const changes = createChanges();
  const told: unknown[] = [];
  changes.whenInvalid(planned(aGeneration("a: Int"), "a"), ({ extensions }) =>
    told.push(extensions.code),
  );
  changes.publish(aGeneration("a: Int", "others"));
  expect(told).toEqual(["SUBGRAPH_UNAVAILABLE"]);
});

test("one that has left is not told", async () => {
  const [first, second] = [aGeneration("a: Int"), aGeneration("b: Int")];
  const changes = createChanges();
  const told: unknown[] = [];
  const begin = () => changes.whenInvalid(planned(first, "a"), (reason) => told.push(reason));
  begin()();
  changes.publish(second);
  begin()();
  await Promise.resolve();
  expect(told).toEqual([]);
});
