// What the readers of one stream in this process share: one Redis subscription, one known head, one
// ring of recent entries. A checkpoint asks PostgreSQL for the heads, so that a lost wake-up costs
// time and nothing else.
import type { Log } from "#kit/log";
import type { Entry } from "#kit/logs";
import type { PubSub } from "#kit/pubsub";
import type { Reader, Tail } from "#kit/reader";

export interface SharedTail extends Tail {
  readonly readers: Set<Reader>;
  readonly listening: Promise<() => void>;
}

export interface Tails {
  /** The tail of a stream; listening begins with the first reader. */
  acquire(streamId: string): SharedTail;
  /** Takes a reader away; listening ends with the last. */
  release(streamId: string, tail: SharedTail, reader: Reader): void;
  /** Stops the checkpoints and returns the readers that are left. */
  close(): Reader[];
}

interface TailsOptions {
  readonly pubsub: PubSub;
  readonly heads: (streamIds: readonly string[]) => Promise<Map<string, number>>;
  readonly checkpointMs: number;
  readonly log: Log;
}

const RING_SIZE = 256;
const ACKNOWLEDGE_TIMEOUT_MS = 2_000;

export function channelOf(streamId: string): string {
  return `stream:${streamId}`;
}

export function createTails({ pubsub, heads, checkpointMs, log }: TailsOptions): Tails {
  const tails = new Map<string, SharedTail>();
  const timer = setInterval(() => {
    if (tails.size === 0) return;
    heads([...tails.keys()]).then(
      (found) => {
        for (const [streamId, head] of found) advance(tails.get(streamId), head);
      },
      (error: unknown) => log.warn({ err: error }, "a checkpoint of the live streams failed"),
    );
  }, checkpointMs);
  timer.unref();
  return {
    acquire(streamId) {
      const known = tails.get(streamId);
      if (known) return known;
      const tail: SharedTail = {
        head: 0,
        ring: [],
        readers: new Set(),
        listening: pubsub.subscribe(channelOf(streamId), (message) => hear(tail, message)),
      };
      tail.listening.catch((error: unknown) => log.warn({ err: error }, "could not listen"));
      tails.set(streamId, tail);
      return tail;
    },
    release(streamId, tail, reader) {
      tail.readers.delete(reader);
      if (tail.readers.size > 0 || tails.get(streamId) !== tail) return;
      tails.delete(streamId);
      tail.listening.then((stop) => stop()).catch(() => undefined);
    },
    close() {
      clearInterval(timer);
      return [...tails.values()].flatMap((tail) => [...tail.readers]);
    },
  };
}

/** Waits for Redis, but not for ever: without it the checkpoint still carries the stream. */
export async function acknowledged(tail: SharedTail): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ACKNOWLEDGE_TIMEOUT_MS);
  });
  const settled = tail.listening.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, enough]);
  clearTimeout(timer);
}

/** Moves the head forward, never back, and wakes whoever waits for it. */
export function advance(tail: SharedTail | undefined, head: number): void {
  if (!tail || head <= tail.head) return;
  tail.head = head;
  for (const reader of tail.readers) reader.wake();
}

function hear(tail: SharedTail, message: unknown): void {
  const entry = revive(message);
  const last = tail.ring.at(-1);
  if (last && entry.seq <= last.seq) return;
  if (last && entry.prevSeq !== last.seq) tail.ring = [];
  tail.ring.push(entry);
  if (tail.ring.length > RING_SIZE) tail.ring.shift();
  advance(tail, entry.seq);
}

/** An entry as it was before it went through JSON. */
function revive(message: unknown): Entry {
  const entry = message as Omit<Entry, "createdAt"> & { readonly createdAt: string };
  return { ...entry, createdAt: new Date(entry.createdAt) };
}
