// Typing signals reach the other members who subscribe, at every replica, and nobody else.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { refusalOf } from "../../kit/client.ts";
import { codeOf, connect, type Socket } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, take, watch } from "./harness.ts";
import { listenForSignals, type SignalEvent } from "./signal-listeners.ts";

/** The next signal of one person. */
async function heardOf(socket: Socket, id: string, person: TokenHolder): Promise<boolean> {
  for (;;) {
    const { signals } = await socket.event<SignalEvent>(id);
    if (signals.user.id === person.id) return signals.isTyping;
  }
}

test("the other members see typing at any replica, and none of it is stored", async () => {
  const [ada, bob, ...others] = await tokenHolders(24);
  const conversationId = await aGroup(ada, [bob, ...others]);
  const sockets = await Promise.all([0, 1].map((router) => connect({ as: bob.token, router })));
  const ids: string[] = [];
  for (const [at, socket] of sockets.entries()) {
    ids.push(await listenForSignals(socket, conversationId, others.slice(at * 11, at * 11 + 11)));
  }
  await mutate("SetTyping", bob, { conversationId });
  await mutate("SetTyping", ada, { conversationId });
  await mutate("SetTyping", ada, { conversationId });
  await mutate("SetTyping", ada, { conversationId, isTyping: false });
  for (const [at, socket] of sockets.entries()) {
    const id = ids[at] ?? "";
    expect(await heardOf(socket, id, ada)).toBe(true);
    expect(await heardOf(socket, id, ada)).toBe(false);
    socket.close();
  }
  expect(await logOf(conversationId)).toEqual([]);
});

test("neither a removed member nor a stranger receives signals", async () => {
  const [ada, bob, stranger, ...others] = await tokenHolders(14);
  const conversationId = await aGroup(ada, [bob, ...others]);
  const socket = await connect({ as: bob.token });
  const id = await listenForSignals(socket, conversationId, others);
  const log = watch(socket, conversationId, 0);
  await aMessage(others[0] ?? ada, conversationId);
  await take(socket, log, 1);
  await mutate("RemoveMember", ada, { conversationId, userId: bob.id });
  await take(socket, log, 1);
  await mutate("SetTyping", ada, { conversationId });
  const frames = [await socket.next(id)];
  while (frames.at(-1)?.type === "next") frames.push(await socket.next(id));
  expect(JSON.stringify(frames)).not.toContain(ada.id);
  expect(frames.at(-1)?.type).toBe("complete");
  expect(
    codeOf(await socket.next(socket.subscribe(operation("Signals"), { conversationId }))),
  ).toBe("NOT_FOUND");
  const input = { conversationId };
  for (const as of [bob.token, stranger.token]) {
    expect((await refusalOf(operation("SetTyping"), { input }, { as })).code).toBe("NOT_FOUND");
  }
  socket.close();
});

test("typing is sent again after two seconds, and a message ends its sender's typing", async () => {
  const [ada, bob, ...others] = await tokenHolders(13);
  const conversationId = await aGroup(ada, [bob, ...others]);
  const socket = await connect({ as: bob.token });
  const id = await listenForSignals(socket, conversationId, others);
  for (const isTyping of [true, false, true, false]) {
    await mutate("SetTyping", ada, { conversationId, isTyping });
  }
  for (const isTyping of [true, false, true, false]) {
    expect(await heardOf(socket, id, ada)).toBe(isTyping);
  }
  await mutate("SetTyping", ada, { conversationId });
  await aMessage(ada, conversationId);
  await mutate("SetTyping", ada, { conversationId });
  for (const isTyping of [true, false, true]) {
    expect(await heardOf(socket, id, ada)).toBe(isTyping);
  }
  socket.close();
});
