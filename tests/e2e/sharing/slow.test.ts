// Of a hundred clients that share a stream, one does not read: its stream ends, its queue is
// bounded, and the others do not notice.
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { newId } from "../../../kit/data/id.ts";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { heldBytes } from "../../kit/memory.ts";
import { aTokenHolder, tokenHolders } from "../../kit/stories.ts";
import { upTo } from "../messaging/harness.ts";
import { type Replica, startReplica } from "./replica.ts";
import { type SharingRouter, startSharingRouter } from "./sharing-router.ts";

const CLIENTS = 100;
const EVENTS = 600;
const BODY = "x".repeat(8_000);
const MEGABYTE = 1024 * 1024;
/** Three texts of 8 KB an event. */
const LARGE = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) {
    seq ... on MessageSent { message { body b: body c: body } } } }`;

let replica: Replica;
let router: SharingRouter;
beforeAll(async () => {
  replica = await startReplica();
  // No client is cut for not answering pings.
  router = await startSharingRouter(replica.url, {
    LIMITS: JSON.stringify({ silenceMs: 600_000 }),
  });
});
afterAll(async () => {
  await router.stop();
  await replica.stop();
});

/** A client that stores only the seq of each event, or the text of another frame. */
async function aClient(token: string, conversationId: string, after: number) {
  const socket = new WebSocket(router.url.replace(/^http/, "ws"), "graphql-transport-ws");
  await once(socket, "open");
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  send({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  await once(socket, "message");
  const variables = { conversationId, after };
  send({ id: newId(), type: "subscribe", payload: { query: LARGE, variables } });
  const received: (number | string)[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (raw: Buffer) => {
    const seq = /"seq":(\d+)/.exec(raw.toString("latin1", 0, 200))?.[1];
    received.push(seq === undefined ? String(raw) : Number(seq));
    for (const wakeUp of waiting) wakeUp();
  });
  return {
    socket,
    received,
    async until(isSo: () => boolean) {
      while (!isSo()) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
        waiting.clear();
      }
    },
  };
}

async function aTalk(memberIds: readonly string[]) {
  const ada = replica.as((await aTokenHolder()).id);
  const made = await createGroupConversation(ada, { title: "Talk", memberIds });
  if (made.kind !== "created") throw new Error("no group was created");
  const { conversationId } = made;
  const say = (clientMessageId: string) =>
    sendMessage(ada, { conversationId, clientMessageId, replyToId: null, body: BODY });
  return { conversationId, say };
}

test("of a hundred clients, one that does not read is ended in time, and the others get everything", async () => {
  const people = await tokenHolders(CLIENTS);
  const { conversationId, say } = await aTalk(people.map(({ id }) => id));
  await say("m0");
  const clients = await Promise.all(people.map(({ token }) => aClient(token, conversationId, 0)));
  for (const { received, until } of clients) await until(() => received.length > 0);
  const [stalled, ...readers] = clients;
  if (!stalled) throw new Error("no client watches");
  stalled.socket.pause();
  const before = await heldBytes();
  const held: number[] = [];
  for (let seq = 2; seq <= EVENTS; seq += 1) {
    await say(`m${seq}`);
    for (const { received, until } of readers) await until(() => received.length >= seq);
    if (seq % 100 === 0) held.push((await heldBytes()) - before);
  }
  for (const { received } of readers) expect(received).toEqual(upTo(EVENTS));
  // 256 queued frames and the ring share their texts: with a copy for each client, the ring alone
  // would take 100 MB. Buffers of the network are not counted.
  for (const bytes of held) expect(bytes).toBeLessThan(40 * MEGABYTE);
  expect(await router.counted("router_open_subscriptions")).toBe(CLIENTS - 1);
  stalled.socket.resume();
  await stalled.until(() => typeof stalled.received.at(-1) === "string");
  const end = stalled.received.pop();
  expect(end).toContain("RESYNC_REQUIRED");
  expect(stalled.received).toEqual(upTo(stalled.received.length));
  const again = await aClient(people[0]?.token ?? "", conversationId, stalled.received.length);
  const missed = EVENTS - stalled.received.length;
  expect(missed).toBeGreaterThan(0);
  await again.until(() => again.received.length === missed);
  expect(again.received[0]).toBe(stalled.received.length + 1);
  for (const { socket } of [...clients, again]) socket.terminate();
}, 180_000);

test("a long replay waits for a client that does not read, and loses nothing", async () => {
  const [bob] = await tokenHolders(1);
  const { conversationId, say } = await aTalk([bob.id]);
  for (const at of upTo(400)) await say(`m${at}`);
  const stalled = await aClient(bob.token, conversationId, 0);
  stalled.socket.pause();
  const reader = await aClient(bob.token, conversationId, 0);
  await reader.until(() => reader.received.length === 400);
  stalled.socket.resume();
  await say("m401");
  for (const { received, until, socket } of [stalled, reader]) {
    await until(() => received.length === 401);
    expect(received).toEqual(upTo(401));
    socket.terminate();
  }
}, 60_000);
