// Events that arrive faster than a client reads: memory is bounded, nothing is lost if the subgraph
// can be slowed, the stream ends with a reason if not, and other clients are unaffected.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { codeOf } from "../../kit/socket.ts";
import { type Library, startLibrary } from "./harness.ts";
import { added } from "./library.ts";

let library: Library;
let plain: Library;
beforeAll(async () => {
  [library, plain] = await Promise.all([startLibrary(), startLibrary({ isPlain: true })]);
});
afterAll(() => Promise.all([library.stop(), plain.stop()]));

const NOTED = `subscription { shelf(name: "noted") { seq ... on BookAdded { note } } }`;
const JOINED = `subscription { shelf(name: "flood") { seq ... on BookAdded { book { author { name } } } } }`;
const EVENTS = 600;
const NOTE = "x".repeat(60_000);

interface Received {
  readonly type: string;
  readonly payload: { readonly data?: { readonly shelf: { readonly seq: number } } };
}

const seqsOf = (frames: readonly Received[]) =>
  frames.map((frame) => frame.payload.data?.shelf.seq);
const oneTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

/** A client that reads nothing until `read` is called. */
async function connectStalled(url: string) {
  const socket = new WebSocket(url.replace(/^http/, "ws"), "graphql-transport-ws");
  await once(socket, "open");
  socket.send(`{"type":"connection_init"}`);
  await once(socket, "message");
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: NOTED } }));
  socket.pause();
  return {
    /** Reads `count` frames, or up to the end of the stream. */
    async read(count: number): Promise<Received[]> {
      const frames: Received[] = [];
      const done = new Promise<void>((resolve) => {
        socket.on("message", (raw) => {
          const frame = JSON.parse(String(raw)) as Received;
          frames.push(frame);
          if (frame.type !== "next" || frames.length === count) resolve();
        });
      });
      socket.resume();
      await done;
      return frames;
    },
    close: () => socket.terminate(),
  };
}

/** Pushes 36 MB of events while one client reads each of them and another reads nothing. */
async function flood({ url, shelf, connect }: Library) {
  const stalled = await connectStalled(url);
  const reader = await connect();
  await shelf("noted").listening(1);
  const id = reader.subscribe(NOTED);
  await shelf("noted").listening(2);
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    shelf("noted").push(added(seq, "a", NOTE));
    expect(await reader.event(id)).toMatchObject({ shelf: { seq } });
  }
  reader.close();
  return stalled;
}

describe("with a subgraph that supports windows,", () => {
  test("a client that does not read slows its own source, and loses nothing", async () => {
    const stalled = await flood(library);
    await library.shelf("noted").listening(1);
    expect(seqsOf(await stalled.read(EVENTS))).toEqual(oneTo(EVENTS));
    stalled.close();
  });

  test("a long replay with slow entity fetches arrives whole and in order", async () => {
    const socket = await library.connect();
    const id = socket.subscribe(JOINED);
    await library.shelf("flood").listening(1);
    const release = library.authors.hold(8);
    for (let seq = 1; seq <= EVENTS; seq += 1) library.shelf("flood").push(added(seq));
    release();
    for (const seq of oneTo(EVENTS)) {
      expect(await socket.event(id)).toMatchObject({ shelf: { seq } });
    }
    socket.close();
  });
});

describe("with one that does not,", () => {
  test("a client that does not read loses its source, then its stream, and learns the position to resume", async () => {
    const stalled = await flood(plain);
    await plain.shelf("noted").listening(0);
    const frames = await stalled.read(EVENTS);
    expect(frames.pop()).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "RESYNC_REQUIRED" } }],
    });
    expect(frames.length).toBeLessThan(EVENTS);
    expect(seqsOf(frames)).toEqual(oneTo(frames.length));
    stalled.close();
  });

  test("many events with slow entity fetches end in RESYNC_REQUIRED after 256 of them", async () => {
    const socket = await plain.connect();
    const id = socket.subscribe(JOINED);
    await plain.shelf("flood").listening(1);
    const release = plain.authors.hold(8);
    for (let seq = 1; seq <= 300; seq += 1) plain.shelf("flood").push(added(seq));
    await plain.shelf("flood").listening(0);
    release();
    for (const seq of oneTo(256)) expect(await socket.event(id)).toMatchObject({ shelf: { seq } });
    expect(codeOf(await socket.next(id))).toBe("RESYNC_REQUIRED");
    socket.close();
  });
});
