// Typing in all conversations of a person reaches their list, at every replica: also in those that
// they join later, and not where they were removed or where one blocks the other.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { untilRows } from "../../kit/database.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import { aPerson, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate } from "./harness.ts";
import { listenForSignals } from "./signal-listeners.ts";

const MEASURED_MS = 12_000;

interface ListSignal {
  readonly inboxSignals: {
    readonly conversationId: string;
    readonly user: { readonly id: string };
    readonly isTyping: boolean;
  };
}

interface Listener {
  readonly socket: Socket;
  readonly id: string;
}

/** Listens at a router. Others type until a signal arrives, because none is repeated. */
async function listen(listener: TokenHolder, router: number): Promise<Listener> {
  const others = await tokenHolders(10);
  const warmUp = await aGroup(listener, others);
  const socket = await connect({ as: listener.token, router });
  return { socket, id: await listenForSignals(socket, warmUp, others, "InboxSignals") };
}

/** The next signal of one of these conversations. */
async function nextOf({ socket, id }: Listener, conversations: readonly string[]) {
  for (;;) {
    const { inboxSignals: signal } = await socket.event<ListSignal>(id);
    if (!conversations.includes(signal.conversationId)) continue;
    return [signal.conversationId, signal.user.id, signal.isTyping] as const;
  }
}

test("a person receives typing of all conversations, at each replica, and not their own", async () => {
  const [ada, bob] = await tokenHolders(2);
  const first = await aGroup(ada, [bob]);
  for (const router of [0, 1]) {
    const listener = await listen(bob, router);
    // It is there before the next signal, without a word to the listener.
    const later = await aGroup(ada, [bob]);
    await mutate("SetTyping", bob, { conversationId: first });
    await mutate("SetTyping", bob, { conversationId: first, isTyping: false });
    await mutate("SetTyping", ada, { conversationId: first });
    await mutate("SetTyping", ada, { conversationId: later });
    await aMessage(ada, first);
    const seen = [];
    for (let at = 0; at < 3; at += 1) seen.push(await nextOf(listener, [first, later]));
    expect(seen.slice(0, 2)).toEqual([
      [first, ada.id, true],
      [later, ada.id, true],
    ]);
    expect(seen[2]).toEqual([first, ada.id, false]);
    listener.socket.close();
  }
});

test("a removed member receives nothing of that conversation, and goes on with the others", async () => {
  const [ada, bob, cy] = await tokenHolders(3);
  const [left, kept] = [await aGroup(ada, [bob, cy]), await aGroup(ada, [bob])];
  const listeners = [await listen(bob, 0), await listen(bob, 1)];
  await mutate("SetTyping", ada, { conversationId: left });
  for (const listener of listeners) {
    expect(await nextOf(listener, [left, kept])).toEqual([left, ada.id, true]);
  }
  await mutate("RemoveMember", ada, { conversationId: left, userId: bob.id });
  await mutate("SetTyping", cy, { conversationId: left });
  await mutate("SetTyping", ada, { conversationId: kept });
  for (const listener of listeners) {
    expect(await nextOf(listener, [left, kept])).toEqual([kept, ada.id, true]);
    listener.socket.close();
  }
});

test("people behind a block, on either side, do not receive each other's typing", async () => {
  const [ada, bob, cy] = await Promise.all([aPerson("Ada"), aPerson("Bob"), aPerson("Cy")]);
  const group = await aGroup(ada, [bob, cy]);
  const listeners = [await listen(bob, 0), await listen(cy, 1)];
  await mutate("BlockUser", bob, { userId: cy.id });
  await untilRows("messaging", "select from block where blocked_id = $1", [cy.id], 1);
  await mutate("SetTyping", cy, { conversationId: group });
  await mutate("SetTyping", bob, { conversationId: group });
  await mutate("SetTyping", ada, { conversationId: group });
  for (const listener of listeners) {
    expect(await nextOf(listener, [group])).toEqual([group, ada.id, true]);
    listener.socket.close();
  }
});

test("ten people who type all the time wake a phone some twenty times a minute", async () => {
  const [owner, ...typists] = await tokenHolders(11);
  if (!owner) throw new Error("nobody is there");
  const group = await aGroup(owner, typists);
  const { socket, id } = await listen(owner, 0);
  let isOver = false;
  // Each client tells it every five seconds while it lasts; here every two, which all are sent.
  const typing = typists.map(async (typist, at) => {
    await sleep(at * 190);
    while (!isOver) {
      await mutate("SetTyping", typist, { conversationId: group });
      await sleep(2_050);
    }
  });
  await nextOf({ socket, id }, [group]);
  const arrivals: number[] = [];
  const until = performance.now() + MEASURED_MS;
  while (performance.now() < until) {
    await nextOf({ socket, id }, [group]);
    arrivals.push(performance.now());
  }
  isOver = true;
  await Promise.all(typing);
  socket.close();
  const wakes = arrivals.filter((at, index) => at - (arrivals[index - 1] ?? 0) > 200).length;
  const perMinute = Math.round((wakes * 60_000) / MEASURED_MS);
  expect(arrivals.length).toBeGreaterThan(wakes * 3);
  expect(perMinute).toBeLessThanOrEqual(30);
}, 60_000);
