// Guarantees about resumable subscriptions: each event has the position for the router, whatever
// aliases the client uses.
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
const directives = { argument: "after", position: "seq", previous: "seq", isShared: false };
const event = { watched: { seq: 5, other: 7 } };

test.each([
  ["absent", "{ other }"],
  ["the router's name", "{ positionForRouter: other }"],
  ["the router's name in a fragment", "{ ...F } } fragment F on Entry { positionForRouter: other"],
  [
    "the router's name, and its next one",
    "{ positionForRouter: other ... on Entry { positionForRouter2: other } }",
  ],
])("a client gets its fields and the router the position, if an alias is %s", async (_n, of) => {
  const document = parse(`subscription { watched ${of} }`);
  const definition = getOperationAST(document) as OperationDefinitionNode;
  const made = resumable(schema, new Map([["watched", directives]]), { document, definition });
  if (!made) throw new Error("it cannot be resumed");
  const rewritten = made.operation.document;
  expect(validate(schema, rewritten)).toEqual([]);
  const answer = await execute({ schema, document: rewritten, rootValue: event });
  const own = await execute({ schema, document, rootValue: event });
  const watched = { ...(own.data?.watched as object), [made.positionName]: 5 };
  expect(answer).toEqual({ data: { watched } });
});
