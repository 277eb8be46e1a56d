// The kit's logs and live streams on the real PostgreSQL and Redis, with a bus that loses messages.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub } from "../../../kit/live/pubsub.ts";
import { appendEntries, type Entry, logReader, openStreams } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { lossyBus, repeating } from "../../kit/lossy-bus.ts";
import { stack } from "../../kit/stack.ts";

const log = createLog({ name: "streams-test", level: "error" });
const { urls } = stack();
const pool = createPool(urls.databases.events ?? "", log);
const database = new PrismaClient({ adapter: createAdapter(pool) });
const pubsub = createPubSub({ url: urls.redis, prefix: `streams-test-${newId()}`, log });

afterAll(async () => {
  await pubsub.close();
  await database.$disconnect();
  await pool.end();
});

async function append(streamId: string, count: number): Promise<Entry[]> {
  return inTransaction(database, async (tx) => {
    await openStreams(tx, [streamId]);
    const entries = Array.from({ length: count }, () => ({ streamId, type: "test", payload: {} }));
    return appendEntries(tx, entries);
  });
}

async function seqsUntil(stream: AsyncIterator<Entry>, last: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.at(-1) !== last) {
    const { value, done } = await stream.next();
    if (done) break;
    seqs.push(value.seq);
  }
  return seqs;
}

const from = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);

test("a stream has no gaps and no repeats, however many append at once", async () => {
  const streamId = `test:${newId()}`;
  const appended = await Promise.all(from(1, 40).map((count) => append(streamId, (count % 3) + 1)));
  const seqs = appended.flat().map((entry) => entry.seq);
  expect(seqs.sort((a, b) => a - b)).toEqual(from(1, seqs.length));
  const read = await logReader(database).read(streamId, 0, 1_000);
  expect(read.map((entry) => entry.seq)).toEqual(from(1, seqs.length));
  const times = read.map((entry) => entry.createdAt.getTime());
  expect([...times].sort((a, b) => a - b)).toEqual(times);
});

interface Step {
  readonly appends: number;
  readonly cutsReader: boolean;
}

/**
 * Appends in steps over a bus that loses messages, while a reader is cut and resumes. Returns the
 * received entries and the head.
 */
async function watch(steps: readonly Step[], start: number, losses: readonly boolean[]) {
  const streamId = `test:${newId()}`;
  const bus = lossyBus(pubsub, repeating(losses));
  const live = createLive({ logs: logReader(database), pubsub: bus, log, pollMs: 20 });
  const early = await append(streamId, start);
  const seen: number[] = [];
  let position = 0;
  let head = early.length;
  let stream = await live.open(streamId, { after: position });
  for (const step of steps) {
    const entries = await append(streamId, step.appends);
    live.announce(entries);
    head = entries.at(-1)?.seq ?? head;
    if (!step.cutsReader) continue;
    const { value } = await stream.next();
    position = value?.seq ?? Number.NaN;
    seen.push(position);
    await stream.return();
    stream = await live.open(streamId, { after: position });
  }
  if (position < head) seen.push(...(await seqsUntil(stream, head)));
  live.close();
  return { seen, head };
}

test("a reader that reconnects, over a bus that loses messages, receives exactly the log", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ appends: fc.integer({ min: 1, max: 5 }), cutsReader: fc.boolean() }), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.integer({ min: 1, max: 300 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      async (steps, start, losses) => {
        const { seen, head } = await watch(steps, start, losses);
        expect(seen).toEqual(from(1, head));
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);

test("without the log, the same bus leaves gaps", async () => {
  const streamId = `test:${newId()}`;
  const bus = lossyBus(pubsub, repeating([true, false, false]));
  const received: number[] = [];
  const lastReceived = new Promise<void>((resolve) => {
    void bus.subscribe(`stream:${streamId}`, (message) => {
      received.push((message as Entry).seq);
      if (received.at(-1) === 31) resolve();
    });
  });
  const live = createLive({ logs: logReader(database), pubsub: bus, log });
  const stream = await live.open(streamId, { after: 0 });
  for (const _ of from(1, 31)) live.announce(await append(streamId, 1));
  expect(await seqsUntil(stream, 31)).toEqual(from(1, 31));
  await lastReceived;
  expect(received).not.toEqual(from(1, 31));
  live.close();
});

test("a waiting reader ends at once when it is closed", async () => {
  const streamId = `test:${newId()}`;
  await append(streamId, 1);
  const live = createLive({ logs: logReader(database), pubsub, log });
  const left = await live.open(streamId);
  const pending = left.next();
  await left.return?.();
  expect(await pending).toEqual({ done: true, value: undefined });
  const expired = await live.open(streamId, { expiresAt: Date.now() + 20 });
  await expect(expired.next()).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
  const closed = await live.open(streamId);
  const waiting = closed.next();
  live.close();
  await expect(waiting).rejects.toMatchObject({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
});

test("a position beyond the end of the stream asks for a resync", async () => {
  const streamId = `test:${newId()}`;
  await append(streamId, 2);
  const live = createLive({ logs: logReader(database), pubsub, log });
  await expect(live.open(streamId, { after: 3 })).rejects.toMatchObject({
    extensions: { code: "RESYNC_REQUIRED", head: 2 },
  });
  live.close();
});
