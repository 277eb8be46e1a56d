// Guarantees about how a subscription is asked for so that it can be resumed: whatever its client
// calls what, each event tells the router where it stands.
import {
  buildSchema,
  execute,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";
import { expect, test } from "vitest";
import { resumable } from "./resuming.ts";

const schema = buildSchema(`
  type Query { one: Int }
  type Subscription { watched(after: Int): Entry }
  type Entry { seq: Int! other: Int }
`);
const mark = { argument: "after", position: "seq", previous: "seq", isShared: false };
const event = { watched: { seq: 5, other: 7 } };

test.each([
  ["a name of its own", "{ other }"],
  ["the router's name", "{ positionForRouter: other }"],
  ["the router's name in a fragment", "{ ...F } } fragment F on Entry { positionForRouter: other"],
  [
    "that, and the next one",
    "{ positionForRouter: other ... on Entry { positionForRouter2: other } }",
  ],
])("a client that gives something %s has its own, and the router the position", async (_n, of) => {
  const document = parse(`subscription { watched ${of} }`);
  const definition = getOperationAST(document) as OperationDefinitionNode;
  const made = resumable(schema, new Map([["watched", mark]]), { document, definition });
  if (!made) throw new Error("it cannot be resumed");
  const asked = made.operation.document;
  expect(validate(schema, asked)).toEqual([]);
  const told = await execute({ schema, document: asked, rootValue: event });
  const own = await execute({ schema, document, rootValue: event });
  const watched = { ...(own.data?.watched as object), [made.told]: 5 };
  expect(told).toEqual({ data: { watched } });
});
