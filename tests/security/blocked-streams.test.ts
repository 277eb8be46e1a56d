// After a block, the streams of the pair's direct conversation end within a second, for both and as
// for a missing conversation. Streams of groups go on.
import { expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { aGroup, aMessage, logOf, mutate, take, watch } from "../e2e/messaging/harness.ts";
import { conversation, openAtHeads, receive } from "../e2e/messaging/inbox-harness.ts";
import { ask, dataOf } from "../kit/client.ts";
import { connect, type Frame, type Socket } from "../kit/socket.ts";
import { aPerson, type Person, tokenHolders } from "../kit/stories.ts";
import { endOf, refusalOf, soon } from "./watched.ts";

const SIGNALS = operation("Signals");

async function directOf(ada: Person, bob: Person): Promise<string> {
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
  return conversation?.id ?? "";
}

const setBlock = (name: "BlockUser" | "UnblockUser", who: Person, whom: Person) =>
  dataOf(operation(name), { input: { userId: whom.id } }, { as: who.token });

/** Subscribes to signals, and waits for one of the other person, so that the stream is open. */
async function openSignals(socket: Socket, conversationId: string, other: Person): Promise<string> {
  const id = socket.subscribe(SIGNALS, { conversationId });
  let isTyping = false;
  for (;;) {
    isTyping = !isTyping;
    await mutate("SetTyping", other, { conversationId, isTyping });
    const frame: Frame | null = await socket.next(id, 500).catch(() => null);
    if (frame) return id;
  }
}

interface Side {
  readonly socket: Socket;
  readonly watched: string;
  readonly signalsId: string;
  readonly group: string;
  readonly inbox: string;
}

async function aSide(
  who: Person,
  other: Person,
  router: number,
  [direct, group]: readonly [string, string],
): Promise<Side> {
  const socket = await connect({ as: who.token, router });
  const [watched, ofGroup] = [watch(socket, direct, 0), watch(socket, group, 0)];
  await take(socket, watched, 1);
  const signalsId = await openSignals(socket, direct, other);
  const { id: inbox } = await openAtHeads(socket);
  await take(socket, ofGroup, 1);
  return { socket, watched, signalsId, group: ofGroup, inbox };
}

/** The code and text of refused subscriptions. */
async function refusalsOf(socket: Socket, conversationId: string) {
  const ids = [watch(socket, conversationId), socket.subscribe(SIGNALS, { conversationId })];
  return Promise.all(ids.map(async (id) => refusalOf(await socket.next(id))));
}

test("a block ends the direct streams of the pair, at both routers, and no other stream", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const [cy] = await tokenHolders(1);
  const direct = await directOf(ada, bob);
  const group = await aGroup(cy, [ada, bob]);
  await aMessage(bob, direct, "before");
  await aMessage(cy, group, "hello both");
  const place = [direct, group] as const;
  const sides = await Promise.all([
    aSide(ada, bob, 0, place),
    aSide(ada, bob, 1, place),
    aSide(bob, ada, 0, place),
    aSide(bob, ada, 1, place),
  ]);
  const [first] = sides;
  const [notThere] = first ? await refusalsOf(first.socket, newId()) : [];
  expect(notThere?.code).toBe("NOT_FOUND");

  await setBlock("BlockUser", ada, bob);
  const by = soon();
  for (const { socket, watched, signalsId } of sides) {
    for (const id of [watched, signalsId]) {
      const { end, before } = await endOf(socket, id, by);
      expect(end.type).toBe("error");
      expect(refusalOf(end)).toEqual(notThere);
      if (id === watched) expect(before).toEqual([]);
    }
    expect(await refusalsOf(socket, direct)).toEqual([notThere, notThere]);
  }

  const log = await logOf(direct);
  const messageId = log[0]?.payload.messageId ?? "";
  const attempts: [string, object][] = [
    ["SendMessage", { conversationId: direct, clientMessageId: "x", body: "x" }],
    ["EditMessage", { messageId, body: "x" }],
    ["AddReaction", { messageId, emoji: "👍" }],
    ["PinMessage", { messageId }],
  ];
  // The blocker may delete own messages.
  const attemptsOf = (who: Person) =>
    who === ada ? attempts : [...attempts, ["DeleteMessage", { messageId }] as const];
  for (const who of [ada, bob]) {
    const { token } = who;
    for (const [name, input] of attemptsOf(who)) {
      const { errors } = await ask(operation(name), { input }, { as: token });
      expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    }
  }
  expect(await logOf(direct)).toEqual(log);
  await aMessage(cy, group, "going on");
  for (const { socket, group: id, inbox } of sides) {
    expect(await take(socket, id, 1)).toMatchObject([{ message: { body: "going on" } }]);
    const events = await receive(socket, inbox, 1);
    while (events.at(-1)?.message?.body !== "going on") {
      events.push(...(await receive(socket, inbox, 1)));
    }
    const ofDirect = events.filter(({ streamId }) => streamId === conversation(direct));
    expect(ofDirect.every(({ seq }) => seq === 1)).toBe(true);
    const streams = new Set(events.map(({ streamId }) => streamId.split(":")[0]));
    expect([...streams].filter((name) => name !== "conversation" && name !== "person")).toEqual([]);
  }

  await setBlock("UnblockUser", ada, bob);
  const isSent = async () =>
    (await ask(operation("SendMessage"), { input: attempts[0]?.[1] }, { as: bob.token })).errors;
  await expect.poll(isSent, { timeout: 10_000 }).toBeUndefined();
  for (const { socket } of sides) {
    expect(await take(socket, watch(socket, direct, 1), 1)).toMatchObject([{ seq: 2, prevSeq: 1 }]);
    socket.close();
  }
}, 60_000);

test("a stream that opens during the block ends as well", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const direct = await directOf(ada, bob);
  const sockets = await Promise.all([0, 1].map((router) => connect({ as: bob.token, router })));
  const blocked = setBlock("BlockUser", ada, bob);
  const ids = sockets.map((socket) => Array.from({ length: 20 }, () => watch(socket, direct)));
  await blocked;
  const by = soon();
  for (const [at, socket] of sockets.entries()) {
    for (const id of ids[at] ?? []) {
      expect(refusalOf((await endOf(socket, id, by)).end).code).toBe("NOT_FOUND");
    }
    socket.close();
  }
});
