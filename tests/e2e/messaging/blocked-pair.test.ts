// A block, published by users, prevents direct messages of two people, and nothing else.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aGroup, aMessage } from "./harness.ts";
import { conversation, openInbox, receive } from "./inbox-harness.ts";

const OPEN = operation("OpenDirectConversation");
const SEND = operation("SendMessage");

async function open(who: Person, other: Person): Promise<string | undefined> {
  const answer = await ask<{ openDirectConversation: { conversation: { id: string } } }>(
    OPEN,
    { input: { userId: other.id } },
    { as: who.token },
  );
  const code = answer.errors?.[0]?.extensions.code;
  return code ?? answer.data?.openDirectConversation.conversation.id;
}

let sent = 0;

async function sends(who: Person, conversationId: string): Promise<string> {
  sent += 1;
  const input = { conversationId, clientMessageId: `blocks-${sent}`, body: "hello" };
  const { errors } = await ask(SEND, { input }, { as: who.token });
  return errors?.[0]?.extensions.code ?? "sent";
}

test("a blocked pair can neither open nor use its direct conversation until the block is lifted", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const direct = (await open(ada, bob)) ?? "";
  const group = await aGroup(ada, [bob]);
  await aMessage(bob, direct, "before");
  const change = (name: string) =>
    dataOf(operation(name), { input: { userId: bob.id } }, { as: ada.token });

  await change("BlockUser");
  await expect.poll(() => open(bob, ada), { timeout: 10_000 }).toBe("NOT_FOUND");
  expect(await open(ada, bob)).toBe("NOT_FOUND");
  expect(await Promise.all([ada, bob].map((who) => sends(who, direct)))).toEqual([
    "NOT_FOUND",
    "NOT_FOUND",
  ]);
  expect(await Promise.all([ada, bob].map((who) => sends(who, group)))).toEqual(["sent", "sent"]);
  const history = `query($id: ID!) { conversation(id: $id) { lastSeq messages(first: 5) {
    edges { node { body } } } } }`;
  expect(await dataOf(history, { id: direct }, { as: bob.token })).toEqual({
    conversation: { lastSeq: 1, messages: { edges: [{ node: { body: "before" } }] } },
  });

  await change("UnblockUser");
  await expect.poll(() => open(bob, ada), { timeout: 10_000 }).toBe(direct);
  expect(await sends(bob, direct)).toBe("sent");
});

test("an inbox shows the messages of a blocked pair, and goes on once the block is lifted", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const direct = (await open(ada, bob)) ?? "";
  await aMessage(bob, direct, "before");
  const change = (name: string) =>
    dataOf(operation(name), { input: { userId: bob.id } }, { as: ada.token });
  await change("BlockUser");
  await expect.poll(() => open(bob, ada), { timeout: 10_000 }).toBe("NOT_FOUND");
  const socket = await connect({ as: ada.token, router: 1 });
  const id = openInbox(socket, [{ streamId: conversation(direct), seq: 0 }]);
  await receive(socket, id, 1);
  expect(await receive(socket, id, 1)).toMatchObject([{ message: { body: "before" } }]);
  await change("UnblockUser");
  await expect.poll(() => sends(bob, direct), { timeout: 10_000 }).toBe("sent");
  expect(await receive(socket, id, 1)).toMatchObject([{ seq: 2, message: { body: "hello" } }]);
  socket.close();
});
