// Of a hundred clients that share a stream, one does not read: its stream ends, its queue is
// bounded, and the others do not notice.
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { newId } from "../../../kit/data/id.ts";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { tokenHolders } from "../../kit/stories.ts";
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
  setFlagsFromString("--expose-gc");
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
  const heard: (number | string)[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (raw: Buffer) => {
    const seq = /"seq":(\d+)/.exec(raw.toString("latin1", 0, 200))?.[1];
    heard.push(seq === undefined ? String(raw) : Number(seq));
    for (const wakeUp of waiting) wakeUp();
  });
  return {
    socket,
    heard,
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

/**
 * The memory that this process, with the router, cannot free. Freed buffers are counted until the
 * next collection.
 */
async function heldBytes(): Promise<number> {
  const collect = runInNewContext("gc");
  collect();
  await new Promise(setImmediate);
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function aTalk(memberIds: readonly string[]) {
  const ada = replica.as(newId());
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
  for (const { heard, until } of clients) await until(() => heard.length > 0);
  const [stalled, ...readers] = clients;
  if (!stalled) throw new Error("no client watches");
  stalled.socket.pause();
  const before = await heldBytes();
  const held: number[] = [];
  for (let seq = 2; seq <= EVENTS; seq += 1) {
    await say(`m${seq}`);
    for (const { heard, until } of readers) await until(() => heard.length >= seq);
    if (seq % 100 === 0) held.push((await heldBytes()) - before);
  }
  for (const { heard } of readers) expect(heard).toEqual(upTo(EVENTS));
  // 256 queued frames and the ring share their texts: with a copy for each client, the ring alone
  // would take 100 MB. Buffers of the network are not counted.
  for (const bytes of held) expect(bytes).toBeLessThan(40 * MEGABYTE);
  expect(await router.counted("router_open_subscriptions")).toBe(CLIENTS - 1);
  stalled.socket.resume();
  await stalled.until(() => typeof stalled.heard.at(-1) === "string");
  const end = stalled.heard.pop();
  expect(end).toContain("RESYNC_REQUIRED");
  expect(stalled.heard).toEqual(upTo(stalled.heard.length));
  const again = await aClient(people[0]?.token ?? "", conversationId, stalled.heard.length);
  const missed = EVENTS - stalled.heard.length;
  expect(missed).toBeGreaterThan(0);
  await again.until(() => again.heard.length === missed);
  expect(again.heard[0]).toBe(stalled.heard.length + 1);
  for (const { socket } of [...clients, again]) socket.terminate();
}, 180_000);

test("a long replay waits for a client that does not read, and loses nothing", async () => {
  const [bob] = await tokenHolders(1);
  const { conversationId, say } = await aTalk([bob.id]);
  for (const at of upTo(400)) await say(`m${at}`);
  const stalled = await aClient(bob.token, conversationId, 0);
  stalled.socket.pause();
  const reader = await aClient(bob.token, conversationId, 0);
  await reader.until(() => reader.heard.length === 400);
  stalled.socket.resume();
  await say("m401");
  for (const { heard, until, socket } of [stalled, reader]) {
    await until(() => heard.length === 401);
    expect(heard).toEqual(upTo(401));
    socket.terminate();
  }
}, 60_000);
