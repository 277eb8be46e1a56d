// Guarantees about replies: a page quotes the message, an event names it, and only members read it.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read, send, withoutNames } from "./harness.ts";

interface Quote {
  readonly id: string;
  readonly body: string | null;
}

const find = async ({ token }: Pick<TokenHolder, "token">, id: string) =>
  (await dataOf<{ message: Quote | null }>(withoutNames("FindMessage"), { id }, { as: token }))
    .message;

test("a page shows what a reply quotes as it is now, and a deleted one has no text", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id: replyToId } = await aMessage(ada, group, "first");
  await send(bob, group, "reply", { replyToId });
  const quoteOf = async () => (await read(bob, group, { last: 1 }))?.messages.edges[0]?.node;
  const sender = { id: ada.id };
  const quoted = { id: replyToId, seq: 1, body: "first", deletedAt: null, sender };
  expect(await quoteOf()).toMatchObject({ body: "reply", replyToId, replyTo: quoted });
  await mutate("EditMessage", ada, { messageId: replyToId, body: "edited" });
  expect(await quoteOf()).toMatchObject({ replyTo: { ...quoted, body: "edited" } });
  await mutate("DeleteMessage", ada, { messageId: replyToId });
  const deletedAt = expect.any(String);
  expect(await quoteOf()).toMatchObject({ replyToId, replyTo: { body: null, deletedAt } });
});

test("the event of a reply names the quoted message, which its receiver can read", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id: replyToId } = await aMessage(ada, group, "first");
  const socket = await connect({ as: bob.token });
  const variables = { conversationId: group, after: 0 };
  const id = socket.subscribe(withoutNames("ConversationEvents"), variables);
  await send(ada, group, "reply", { replyToId });
  const messages = [await socket.event(id), await socket.event(id)].map(
    (data) => (data as { conversationEvents: { message: object } }).conversationEvents.message,
  );
  socket.close();
  expect(messages).toMatchObject([{ replyToId: null }, { body: "reply", replyToId }]);
  expect(messages[1]).not.toHaveProperty("replyTo");
  expect(await find(bob, replyToId)).toMatchObject({ id: replyToId, body: "first" });
});

test("a message by id exists for its members only, whatever the spelling of the id", async () => {
  const [ada, bob, stranger] = await tokenHolders(3);
  const group = await aGroup(ada, [bob]);
  const { id } = await aMessage(ada, group, "first");
  expect(await find(bob, id.toUpperCase())).toMatchObject({ id, body: "first" });
  for (const unknown of [newId(), "no id", ""]) expect(await find(bob, unknown)).toBeNull();
  expect(await find(stranger, id)).toBeNull();
  await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
  expect(await find(bob, id)).toBeNull();
});
