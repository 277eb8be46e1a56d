// Typing: seen by the others who look, at every replica, and by nobody else.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { refusalOf } from "../../kit/client.ts";
import { codeOf, connect, type Socket } from "../../kit/socket.ts";
import { type Stranger, strangers } from "../../kit/stories.ts";
import { aGroup, change, logOf, said, take, watch } from "./harness.ts";
import { type Heard, listen } from "./listening.ts";

/** The next signal of one person. */
async function heardOf(socket: Socket, id: string, person: Stranger): Promise<boolean> {
  for (;;) {
    const { signals } = await socket.event<Heard>(id);
    if (signals.user.id === person.id) return signals.isTyping;
  }
}

test("the others see who types, at any replica, and nothing of it is kept", async () => {
  const [ada, bob, ...others] = await strangers(24);
  const conversationId = await aGroup(ada, [bob, ...others]);
  const sockets = await Promise.all([0, 1].map((router) => connect({ as: bob.token, router })));
  const ids: string[] = [];
  for (const [at, socket] of sockets.entries()) {
    ids.push(await listen(socket, conversationId, others.slice(at * 11, at * 11 + 11)));
  }
  await change("SetTyping", bob, { conversationId });
  await change("SetTyping", ada, { conversationId });
  await change("SetTyping", ada, { conversationId });
  await change("SetTyping", ada, { conversationId, isTyping: false });
  for (const [at, socket] of sockets.entries()) {
    const id = ids[at] ?? "";
    expect(await heardOf(socket, id, ada)).toBe(true);
    expect(await heardOf(socket, id, ada)).toBe(false);
    socket.close();
  }
  expect(await logOf(conversationId)).toEqual([]);
});

test("who is put out hears of nobody any more, and who is not in a conversation of nothing", async () => {
  const [ada, bob, stranger, ...others] = await strangers(14);
  const conversationId = await aGroup(ada, [bob, ...others]);
  const socket = await connect({ as: bob.token });
  const id = await listen(socket, conversationId, others);
  const log = watch(socket, conversationId, 0);
  await change("RemoveMember", ada, { conversationId, userId: bob.id });
  await take(socket, log, 1);
  await change("SetTyping", ada, { conversationId });
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

test("what changes within two seconds is told, and a message ends its sender's typing", async () => {
  const [ada, bob, ...others] = await strangers(13);
  const conversationId = await aGroup(ada, [bob, ...others]);
  const socket = await connect({ as: bob.token });
  const id = await listen(socket, conversationId, others);
  for (const isTyping of [true, false, true, false]) {
    await change("SetTyping", ada, { conversationId, isTyping });
  }
  for (const isTyping of [true, false, true, false]) {
    expect(await heardOf(socket, id, ada)).toBe(isTyping);
  }
  await change("SetTyping", ada, { conversationId });
  await said(ada, conversationId);
  await change("SetTyping", ada, { conversationId });
  for (const isTyping of [true, false, true]) {
    expect(await heardOf(socket, id, ada)).toBe(isTyping);
  }
  socket.close();
});
