// Guarantees about live streams: a reader gets the whole log, whatever it missed. Log and bus are
// in memory, so that each can be late or silent at the wrong moment.
import { afterEach, describe, expect, it, test } from "vitest";
import { createLive, type Live } from "#kit/live/live";
import type { Entry } from "#kit/live/streams";
import { createLog } from "#kit/service/logger";

const STREAM = "test:1";
const log = createLog({ name: "live-test", level: "silent" });

function entryOf(seq: number): Entry {
  const [streamId, prevSeq] = [STREAM, seq - 1];
  return { streamId, seq, prevSeq, type: "test", payload: {}, createdAt: new Date(0) };
}

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

let live: Live | undefined;
afterEach(() => live?.close());

/** A stream with `count` entries, which records the reads of its log. */
function streamOf(count: number, pollMs = 60_000) {
  let head = count;
  const reads: number[] = [];
  const listeners = new Set<(message: unknown) => void>();
  let beforeRead: (after: number) => Promise<void> = async () => {};
  const read = async (_streamId: string, after: number, limit: number) => {
    const seen = head;
    reads.push(after);
    await beforeRead(after);
    return from(after + 1, Math.min(seen, after + limit)).map(entryOf);
  };
  const logs = { read, heads: async () => new Map([[STREAM, head]]) };
  const pubsub = {
    publish: (_channel: string, message: unknown) => {
      for (const onMessage of listeners) onMessage(JSON.parse(JSON.stringify(message)));
    },
    subscribe: async (_channel: string, onMessage: (message: unknown) => void) => {
      listeners.add(onMessage);
      return () => void listeners.delete(onMessage);
    },
    close: async () => {},
  };
  const made = createLive({ logs, pubsub, log, pollMs });
  live = made;
  return {
    live: made,
    reads,
    listeners,
    /** Runs before each page is returned, after it was read. */
    whileReading(work: (after: number) => Promise<void>) {
      beforeRead = work;
    },
    commit(seq: number) {
      head = Math.max(head, seq);
    },
    append(seq: number) {
      head = Math.max(head, seq);
      made.announce([entryOf(seq)]);
    },
  };
}

async function take(stream: AsyncIterator<Entry>, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) seqs.push((await stream.next()).value.seq);
  return seqs;
}

test("streams that are open or opened at the stop end with SUBGRAPH_UNAVAILABLE", async () => {
  const stream = streamOf(3);
  const [before, begun] = [await stream.live.open(STREAM), stream.live.open(STREAM)];
  stream.live.close();
  const goesAway = { extensions: { code: "SUBGRAPH_UNAVAILABLE" } };
  await expect(before.next()).rejects.toMatchObject(goesAway);
  await expect(begun.then((reader) => reader.next())).rejects.toMatchObject(goesAway);
  await expect(stream.live.open(STREAM)).rejects.toMatchObject(goesAway);
  expect(stream.listeners.size).toBe(0);
});

describe("a reader", () => {
  it("takes published entries from memory and does not read the log", async () => {
    const stream = streamOf(0);
    const reader = await stream.live.open(STREAM);
    for (const seq of from(1, 100)) stream.append(seq);
    expect(await take(reader, 100)).toEqual(from(1, 100));
    expect(stream.reads).toEqual([]);
  });

  it("that was slower than the ring reads the rest from the log", async () => {
    const stream = streamOf(0);
    const reader = await stream.live.open(STREAM);
    for (const seq of from(1, 1_000)) stream.append(seq);
    expect(await take(reader, 1_000)).toEqual(from(1, 1_000));
    expect(stream.reads.length).toBeGreaterThan(0);
    stream.append(1_001);
    expect(await take(reader, 1)).toEqual([1_001]);
  });

  it("gets an entry that is published while it reads a page", async () => {
    const stream = streamOf(3);
    const reader = await stream.live.open(STREAM, { after: 0 });
    stream.whileReading(async (after) => {
      if (after === 0) for (const seq of from(4, 300)) stream.append(seq);
    });
    expect(await take(reader, 300)).toEqual(from(1, 300));
  });

  it("gets an entry that is published in the turn in which it begins to wait", async () => {
    const stream = streamOf(0);
    const reader = await stream.live.open(STREAM);
    for (const seq of from(1, 5)) {
      const pending = take(reader, 1);
      for (let turn = 0; turn < seq; turn += 1) await Promise.resolve();
      stream.append(seq);
      expect(await pending).toEqual([seq]);
    }
  });

  it("gets each entry once and in order, published in any order", async () => {
    const stream = streamOf(0);
    const reader = await stream.live.open(STREAM, { after: 0 });
    stream.commit(6);
    for (const seq of [3, 1, 2, 2, 6, 5, 4]) stream.append(seq);
    expect(await take(reader, 6)).toEqual(from(1, 6));
  });

  it("gets an entry that nobody published at the next poll of the heads", async () => {
    const stream = streamOf(1, 5);
    const reader = await stream.live.open(STREAM, { after: 0 });
    const pending = take(reader, 2);
    stream.commit(2);
    expect(await pending).toEqual([1, 2]);
  });

  it("that leaves while a page is read gets nothing more, and unsubscribes", async () => {
    const stream = streamOf(3);
    const reader = await stream.live.open(STREAM, { after: 0 });
    stream.whileReading(async () => void (await reader.return?.()));
    expect(await reader.next()).toEqual({ done: true, value: undefined });
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.listeners.size).toBe(0);
  });

  it("that leaves in the turn of an entry gets nothing more", async () => {
    const stream = streamOf(0);
    const reader = await stream.live.open(STREAM);
    const pending = reader.next();
    await new Promise((resolve) => setImmediate(resolve));
    stream.append(1);
    await reader.return();
    expect(await pending).toEqual({ done: true, value: undefined });
  });
});
