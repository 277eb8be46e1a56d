// How many SQL statements the messaging subgraph sends for its main operations: a list of parents
// costs as many as one, and many sends as many as one send.
import { randomUUID } from "node:crypto";
import { execute, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { publishAfterCommit } from "../../../kit/live/changes.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createSignals } from "../../../kit/live/signals.ts";
import { logReader } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { subgraphSchema } from "../../../kit/service/subgraph.ts";
import { operation } from "../../../schema/operations.ts";
import { contextMaker } from "../../../subgraphs/messaging/context.ts";
import { resolvers as conversations } from "../../../subgraphs/messaging/conversations/resolvers.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { resolvers as groups } from "../../../subgraphs/messaging/groups/resolvers.ts";
import { resolvers as happenings } from "../../../subgraphs/messaging/happenings/resolvers.ts";
import { openInbox } from "../../../subgraphs/messaging/inbox/actions.ts";
import { resolvers as matches } from "../../../subgraphs/messaging/matches/resolvers.ts";
import { resolvers as members } from "../../../subgraphs/messaging/members/resolvers.ts";
import { resolvers as messages } from "../../../subgraphs/messaging/messages/resolvers.ts";
import { openMatched } from "../../../subgraphs/messaging/opening.ts";
import { resolvers as pins } from "../../../subgraphs/messaging/pins/resolvers.ts";
import { resolvers as reactions } from "../../../subgraphs/messaging/reactions/resolvers.ts";
import { resolvers as reading } from "../../../subgraphs/messaging/reading/resolvers.ts";
import { resolvers as roles } from "../../../subgraphs/messaging/roles/resolvers.ts";
import { watchTyping } from "../../../subgraphs/messaging/typing/actions.ts";
import { watchConversation } from "../../../subgraphs/messaging/watching/actions.ts";
import { resolvers as watching } from "../../../subgraphs/messaging/watching/resolvers.ts";
import { countingPool } from "../../kit/database.ts";
import { messagingFiles } from "../../kit/stack-storage.ts";
import { aTokenHolder, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, withoutNames } from "./harness.ts";

const { pool, statements } = countingPool("messaging");
const database = new PrismaClient({ adapter: createAdapter(pool) });
const log = createLog({ name: "statements-test", level: "error" });
const quiet = { publish: () => {}, subscribe: async () => () => {}, close: async () => {} };
// No poll of heads runs while statements are counted.
const live = createLive({ logs: logReader(database), pubsub: quiet, log, pollMs: 600_000 });
const contextOf = contextMaker({
  database,
  live,
  signals: createSignals(quiet),
  ...messagingFiles(),
  editMinutes: 0,
});
const talk = [conversations, messages, members, happenings, reading, watching];
const schema = subgraphSchema("messaging", [...talk, groups, matches, pins, reactions, roles]);

afterAll(async () => {
  live.close();
  await database.$disconnect();
  await pool.end();
});

function contextFor(viewerId: string) {
  const scopes = ["messages:write", "verified"];
  const expiresAt = Number.MAX_SAFE_INTEGER;
  const viewer = { id: viewerId, sessionId: viewerId, roles: [], scopes, expiresAt };
  return contextOf(requestContext({ kind: "viewer", viewer }, "", log, systemClock));
}

async function run(viewerId: string, query: string, variableValues: Record<string, unknown>) {
  const contextValue = contextFor(viewerId);
  const result = await execute({ schema, document: parse(query), variableValues, contextValue });
  expect(result.errors).toBeUndefined();
}

/** The statements of some work, without those that control transactions. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  statements();
  await work();
  return statements().filter((sql) => !/^(BEGIN|COMMIT|SET TRANSACTION)/i.test(sql));
}

describe("statements", () => {
  let ada: TokenHolder;
  let bob: TokenHolder;
  const groups: string[] = [];

  beforeAll(async () => {
    [ada, bob] = await tokenHolders(2);
    for (let made = 0; made < 6; made += 1) {
      const group = await aGroup(ada, [bob]);
      groups.push(group);
      await aMessage(bob, group);
    }
  });

  const send = (conversationId: string | undefined) => {
    const input = { conversationId, clientMessageId: randomUUID(), body: "hello" };
    return run(ada.id, operation("SendMessage"), { input });
  };

  test("of a send are one round trip, which is its transaction", async () => {
    statements();
    await send(groups[0]);
    expect(statements()).toEqual([expect.stringContaining("messaging.messages.append")]);
  });

  test("of 100 sends of one turn in 6 conversations are the same one", async () => {
    const all = Array.from({ length: 100 }, (_, at) => () => send(groups[at % groups.length]));
    const sent = await statementsOf(() => Promise.all(all.map((each) => each())));
    expect(sent).toHaveLength(1);
  });

  test.each([1, 6])(
    "of a page of %i conversations with people, latest message and unread count are 3",
    async (first) => {
      const sent = await statementsOf(() => run(ada.id, withoutNames("Conversations"), { first }));
      expect(sent).toHaveLength(3);
    },
  );

  test("of a conversation with its members, messages, reactions, pins and changes are 7", async () => {
    const variables = { id: groups[0], last: 50 };
    const sent = await statementsOf(() => run(ada.id, withoutNames("ConversationPage"), variables));
    expect(sent).toHaveLength(7);
  });

  test.each([1, 6])("of whether one may send to %i conversations are 2", async (first) => {
    const query =
      "query($first: Int) { conversations(first: $first) { edges { node { sending } } } }";
    expect(await statementsOf(() => run(ada.id, query, { first }))).toHaveLength(2);
  });

  test.each([1, 6])("of the people behind the reactions to %i messages are 4", async (last) => {
    const group = await aGroup(ada, [bob]);
    for (let made = 0; made < 6; made += 1) {
      const { id: messageId } = await aMessage(bob, group);
      for (const emoji of ["👍", "🎉"]) await mutate("AddReaction", ada, { messageId, emoji });
    }
    const query = `query($id: ID!, $last: Int) { conversation(id: $id) { messages(last: $last) {
      edges { node { reactions { people { edges { node { user { id } } } } } } } } } }`;
    const sent = await statementsOf(() => run(ada.id, query, { id: group, last }));
    expect(sent).toHaveLength(4);
  });

  test.each([1, 6])("of %i pinned messages of a conversation are 4", async (first) => {
    const group = await aGroup(ada, []);
    for (let made = 0; made < 6; made += 1) {
      await mutate("PinMessage", ada, { messageId: (await aMessage(ada, group)).id });
    }
    const variables = { id: group, first };
    const sent = await statementsOf(() => run(ada.id, operation("PinnedMessages"), variables));
    expect(sent).toHaveLength(4);
  });

  const AT_HEADS = ["messaging.inbox.streams", "logs.heads.read"];
  const AS_SUBSCRIBER = ["messaging.subscriber.open", ...AT_HEADS, "messaging.marks.replace"];
  const COUNTS = [1, 6].flatMap((count) => [
    [count, "nobody in particular", AT_HEADS] as const,
    [count, "a subscriber", AS_SUBSCRIBER] as const,
  ]);

  test.each(COUNTS)(
    "of opening an inbox over %i conversations as %s are a constant number",
    async (...given) => {
      const [count, who, names] = given;
      const reader = await aTokenHolder();
      for (const group of groups.slice(0, count)) {
        await mutate("AddMembers", ada, { conversationId: group, userIds: [reader.id] });
      }
      const sent = await statementsOf(async () => {
        const subscriber =
          who === "a subscriber" ? { id: newId(), whenReceived: () => undefined } : null;
        const outcome = await openInbox({ ...contextFor(reader.id), subscriber }, []);
        expect(outcome.kind).toBe("open");
      });
      expect(sent.map((sql) => /\/\* (\S+) \*\//.exec(sql)?.[1] ?? sql.slice(0, 6))).toEqual(names);
    },
  );

  test.each([1, 6])("of watching %i conversations do not grow with time", async (count) => {
    const pollMs = 50;
    const startedAt = performance.now();
    const own = createLive({ logs: logReader(database), pubsub: quiet, log, pollMs });
    const ownContextOf = contextMaker({
      database,
      live: own,
      signals: createSignals(quiet),
      ...messagingFiles(),
      editMinutes: 0,
    });
    const { identity } = contextFor(ada.id);
    const sent = await statementsOf(async () => {
      for (const group of groups.slice(0, count)) {
        const context = ownContextOf(requestContext(identity, "", log, systemClock));
        expect(await watchConversation(context, group, null)).not.toBeNull();
        expect(await watchTyping(context, group)).not.toBeNull();
      }
    });
    await expect.poll(() => sent.push(...statements())).toBeGreaterThan(4 * count + 5);
    own.close();
    const looks = sent.filter((sql) => sql.includes("logs.heads.read"));
    const polls = Math.ceil((performance.now() - startedAt) / pollMs);
    // An authorization and a read of the head for each, and one read for all at each poll.
    expect(sent.length - looks.length).toBe(2 * count);
    expect(looks.length).toBeLessThanOrEqual(2 * count + polls);
  });

  test.each([1, 6])("of %i matches with their conversations are 2", async (count) => {
    const others = await tokenHolders(count);
    const of = others.map(() => ({ __typename: "Match", id: newId() }));
    for (const [at, other] of others.entries()) {
      const match = { matchId: of[at]?.id ?? "", userIds: [ada.id, other.id] as const };
      await publishAfterCommit(
        database,
        () => {},
        (change) => openMatched(change, { ...match, createdAt: new Date() }),
      );
    }
    const query = `query($of: [_Any!]!) {
      _entities(representations: $of) { ... on Match { conversation { id lastSeq } } } }`;
    expect(await statementsOf(() => run(ada.id, query, { of }))).toHaveLength(2);
  });

  test("of marking as read are 4, the answer included", async () => {
    const { seq } = await aMessage(bob, groups[0] ?? "");
    const input = { conversationId: groups[0], seq };
    const sent = await statementsOf(() => run(ada.id, operation("MarkRead"), { input }));
    expect(sent).toHaveLength(4);
  });
});
