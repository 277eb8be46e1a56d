// The loaders of audiences: each audience gets only its own conversation and messages, also if
// several are loaded in one batch.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { countingPool } from "../../kit/database.ts";
import { type Replica, startReplica } from "./replica.ts";

const { pool, statements } = countingPool("messaging");
let replica: Replica;
beforeAll(async () => {
  replica = await startReplica({ pool, pollMs: 3_600_000 });
});
afterAll(async () => {
  await replica.stop();
  await pool.end();
});

/** A conversation with one message. */
async function aTalk() {
  const ada = replica.as(newId());
  const made = await createGroupConversation(ada, { title: "Talk", memberIds: [] });
  if (made.kind !== "created") throw new Error("no group was created");
  const { conversationId } = made;
  const wish = { conversationId, clientMessageId: "m1", replyToId: null, body: "m1" };
  const sent = await sendMessage(ada, wish);
  if (sent.kind !== "sent") throw new Error("nothing was sent");
  const shareKey = conversationStream(conversationId);
  const { loaders } = replica.asAudienceOf(shareKey);
  return { conversationId, messageId: sent.message.id, loaders };
}

test("two batched fetches each get their own conversation, by one statement", async () => {
  const talks = [await aTalk(), await aTalk()] as const;
  const messageIds = talks.map(({ messageId }) => messageId);
  statements();
  const loaded = await Promise.all(
    talks.map(({ loaders }) => Promise.all(messageIds.map((id) => loaders.message.load(id)))),
  );
  expect(statements()).toHaveLength(1);
  const [one, other] = talks;
  expect(loaded).toMatchObject([
    [{ id: one.messageId, conversationId: one.conversationId }, null],
    [null, { id: other.messageId, conversationId: other.conversationId }],
  ]);
});

test("for an audience, every other conversation does not exist", async () => {
  const [one, other] = [await aTalk(), await aTalk()];
  const { conversation } = one.loaders;
  expect(await conversation.load(one.conversationId)).toMatchObject({ id: one.conversationId });
  expect(await conversation.load(other.conversationId)).toBeNull();
});
