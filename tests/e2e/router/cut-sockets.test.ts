// A socket with many streams whose client does not read is cut, its queue is freed, and others do
// not notice. A single stream is slowed instead: slow-clients.test.ts.
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { heldBytes } from "../../kit/memory.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added } from "./library.ts";

const heavy = (name: string) =>
  `subscription { shelf(name: "${name}") { seq ... on BookAdded { note } } }`;
const STREAMS = 20;
const EVENTS = 40;
const NOTE_BYTES = 60_000;
const MEGABYTE = 1024 * 1024;

let library: Library;
beforeAll(async () => {
  // No client is cut for not answering pings.
  library = await startLibrary({ env: { LIMITS: JSON.stringify({ silenceMs: 600_000 }) } });
});
afterAll(() => library.stop());

/** A client with many streams that has stopped reading. */
async function connectStalled({ url, shelf }: Library, name: string): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), "graphql-transport-ws");
  await once(socket, "open");
  socket.send(`{"type":"connection_init"}`);
  await once(socket, "message");
  for (let id = 1; id <= STREAMS; id += 1) {
    socket.send(
      JSON.stringify({ id: `${id}`, type: "subscribe", payload: { query: heavy(name) } }),
    );
  }
  await shelf(name).listening(STREAMS);
  socket.pause();
  return socket;
}

/** Pushes 48 MB for all streams, while one client reads everything and another nothing. */
async function flood(flooded: Library, name: string) {
  const stalled = await connectStalled(flooded, name);
  const reader = await flooded.connect();
  const id = reader.subscribe(heavy(name));
  await flooded.shelf(name).listening(STREAMS + 1);
  const before = await heldBytes();
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    flooded.shelf(name).push(added(seq, "a", `${seq}`.padEnd(NOTE_BYTES, "x")));
    expect(await reader.event(id)).toMatchObject({ shelf: { seq } });
  }
  return { stalled, reader, before };
}

async function cutsOf({ router }: Library): Promise<string | undefined> {
  const text = await (await fetch(new URL("/metrics", router.adminUrl))).text();
  return /^router_limit_refusals_total\{limit="bufferedBytes"\} (\d+)$/m.exec(text)?.[1];
}

test("a socket with more than 256 KB unread is cut and counted, and its streams end", async () => {
  const { stalled, reader, before } = await flood(library, "cut");
  await library.shelf("cut").listening(1);
  expect((await heldBytes()) - before).toBeLessThan(15 * MEGABYTE);
  expect(await cutsOf(library)).toBe("1");
  reader.close();
  stalled.terminate();
});
