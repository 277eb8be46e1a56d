// Guarantees about forwarding: a text that the viewer can read, as a new message of their own.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, codeOf, mutate, read } from "./harness.ts";

interface Forwarding {
  readonly messageId: string;
  readonly conversationId: string;
  readonly clientMessageId?: string;
}

const forward = (as: TokenHolder, to: Forwarding, router = 0) =>
  mutate("ForwardMessage", as, { clientMessageId: newId(), ...to }, router);

test("the text is a new message of whoever forwards it, which does not tell its source", async () => {
  const [ada, bob, eve] = await tokenHolders(3);
  const [from, to] = [await aGroup(ada, [bob]), await aGroup(bob, [eve])];
  const { id: messageId } = await aMessage(ada, from, "from Ada");
  const { message } = await forward(bob, { messageId, conversationId: to });
  expect(message).toMatchObject({ seq: 1, body: "from Ada", isForwarded: true });
  const [node] = (await read(eve, to))?.messages.edges.map((edge) => edge.node) ?? [];
  expect(node).toMatchObject({ sender: { id: bob.id }, isForwarded: true, replyToId: null });
  expect(JSON.stringify(node)).not.toContain(ada.id);
  await mutate("EditMessage", ada, { messageId, body: "taken back" });
  await mutate("DeleteMessage", ada, { messageId });
  expect((await read(eve, to))?.messages.edges[0]?.node.body).toBe("from Ada");
});

test("a retry gives the same message, even if its source was changed or deleted since", async () => {
  const [ada] = await tokenHolders(1);
  const [from, to] = [await aGroup(ada, []), await aGroup(ada, [])];
  const { id: messageId } = await aMessage(ada, from, "once");
  const wish = { messageId, conversationId: to, clientMessageId: newId() };
  const sent = await Promise.all([0, 1, 0].map((router) => forward(ada, wish, router)));
  const [first] = sent;
  expect(new Set(sent.map(({ message }) => message?.id)).size).toBe(1);
  await mutate("EditMessage", ada, { messageId, body: "changed" });
  expect((await forward(ada, wish)).message).toEqual(first?.message);
  await mutate("DeleteMessage", ada, { messageId });
  expect((await forward(ada, wish)).message).toEqual(first?.message);
  const { id: another } = await aMessage(ada, from, "another");
  const conflict = await forward(ada, { ...wish, messageId: another });
  expect(conflict.__typename).toBe("IdempotencyConflictProblem");
  const fresh = await forward(ada, { messageId, conversationId: to });
  expect(fresh.__typename).toBe("MessageDeletedProblem");
  expect((await read(ada, to))?.messages.edges).toHaveLength(1);
});

test("nobody forwards what they cannot read, or to where they are no member", async () => {
  const [ada, bob] = await tokenHolders(2);
  const [hers, his] = [await aGroup(ada, []), await aGroup(bob, [])];
  const { id: messageId } = await aMessage(ada, hers, "hers alone");
  const { id: own } = await aMessage(bob, his, "his");
  const input = { clientMessageId: newId(), messageId, conversationId: his };
  expect(await codeOf("ForwardMessage", bob, input)).toBe("NOT_FOUND");
  const intruding = { ...input, messageId: own, conversationId: hers };
  expect(await codeOf("ForwardMessage", bob, intruding)).toBe("NOT_FOUND");
  expect((await read(bob, his))?.messages.edges).toHaveLength(1);
});
