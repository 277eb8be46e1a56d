// The tail of a stream that all its followers in this process share: one Redis subscription, one
// known head, one ring of recent entries. It polls the heads in PostgreSQL, so that a lost
// wake-up only costs time.
import type { Tail } from "#kit/live/cursor";
import { countMissedWakeUp, countWakeUp, measureTails } from "#kit/live/live-metrics";
import type { PubSub } from "#kit/live/pubsub";
import type { Follower } from "#kit/live/reader";
import type { Entry } from "#kit/live/streams";
import type { Log } from "#kit/service/logger";

export interface SharedTail extends Tail {
  readonly followers: Set<Follower>;
  readonly unsubscribe: Promise<() => void>;
  /** Resolves when Redis has answered, or after 2 s: without Redis the poll is enough. */
  readonly acknowledged: Promise<void>;
  /** The read of the log under way, with the head that was known when it began. */
  reading: {
    readonly after: number;
    readonly head: number;
    readonly page: Promise<Entry[]>;
  } | null;
}

/** Reads logs. */
export interface LogReader {
  read(streamId: string, after: number, limit: number): Promise<Entry[]>;
  heads(streamIds: readonly string[]): Promise<Map<string, number>>;
}

export interface Tails {
  /** The tail of a stream; the first follower opens the Redis subscription. */
  acquire(streamId: string): SharedTail;
  /** Removes a follower; with the last one the Redis subscription is closed. */
  release(streamId: string, follower: Follower): void;
  /** Stops polling and returns the followers that are left. */
  close(): Follower[];
}

interface TailsOptions {
  readonly pubsub: PubSub;
  readonly logs: LogReader;
  readonly pollMs: number;
  readonly log: Log;
}

const RING_SIZE = 256;
const PAGE_SIZE = 200;
const ACKNOWLEDGE_TIMEOUT_MS = 2_000;

export function channelOf(streamId: string): string {
  return `stream:${streamId}`;
}

export function createTails({ pubsub, logs, pollMs, log }: TailsOptions): Tails {
  const tails = new Map<string, SharedTail>();
  const unmeasure = measureTails(tails);
  const timer = setInterval(() => {
    if (tails.size === 0) return;
    logs.heads([...tails.keys()]).then(
      (found) => {
        for (const [streamId, head] of found) catchUp(tails.get(streamId), head);
      },
      (error: unknown) =>
        log.warn({ err: error }, "the heads of the live streams could not be polled"),
    );
  }, pollMs);
  timer.unref();

  function listen(streamId: string): SharedTail {
    const unsubscribe = pubsub.subscribe(channelOf(streamId), (message) => receive(tail, message));
    unsubscribe.catch((error: unknown) => log.warn({ err: error }, "could not listen"));
    const read = (after: number) => logs.read(streamId, after, PAGE_SIZE);
    const tail: SharedTail = {
      head: 0,
      ring: [],
      followers: new Set(),
      unsubscribe,
      acknowledged: acknowledged(unsubscribe),
      reading: null,
      readAfter: (after) => readBehind(tail, after, read),
    };
    tails.set(streamId, tail);
    return tail;
  }

  return {
    acquire: (streamId) => tails.get(streamId) ?? listen(streamId),
    release(streamId, follower) {
      const tail = tails.get(streamId);
      if (!tail?.followers.delete(follower) || tail.followers.size > 0) return;
      tails.delete(streamId);
      tail.unsubscribe.then((stop) => stop()).catch(() => undefined);
    },
    close() {
      clearInterval(timer);
      unmeasure();
      return [...tails.values()].flatMap((tail) => [...tail.followers]);
    },
  };
}

async function acknowledged(subscribing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ACKNOWLEDGE_TIMEOUT_MS);
  });
  const settled = subscribing.then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([settled, timeout]);
  clearTimeout(timer);
}

/** Moves the head forward, never back, and wakes the followers. */
export function advance(tail: SharedTail | undefined, head: number): void {
  if (!tail || head <= tail.head) return;
  tail.head = head;
  for (const follower of tail.followers) follower.wake();
}

/** A head that is known before is 0 until a reader or a wake-up tells it. */
function catchUp(tail: SharedTail | undefined, head: number): void {
  if (tail && tail.head > 0 && head > tail.head) countMissedWakeUp();
  advance(tail, head);
}

/**
 * A page of the log behind a position. Followers at one position share a read under way, unless the
 * head has moved since it began: the read may miss what is new.
 */
async function readBehind(
  tail: SharedTail,
  after: number,
  read: (after: number) => Promise<Entry[]>,
): Promise<Entry[]> {
  const { head, reading } = tail;
  const isShared = reading?.after === after && reading.head === head;
  const shared = isShared ? reading : { after, head, page: read(after) };
  tail.reading = shared;
  try {
    return [...(await shared.page)];
  } finally {
    if (tail.reading === shared) tail.reading = null;
  }
}

function receive(tail: SharedTail, message: unknown): void {
  const entry = revive(message);
  const last = tail.ring.at(-1);
  if (last && entry.seq <= last.seq) return;
  const isGap = last !== undefined && entry.prevSeq !== last.seq;
  countWakeUp(isGap ? "gap" : "ok");
  if (isGap) tail.ring = [];
  tail.ring.push(entry);
  if (tail.ring.length > RING_SIZE) tail.ring.shift();
  advance(tail, entry.seq);
}

/** An entry as it was before it went through JSON. */
function revive(message: unknown): Entry {
  const entry = message as Omit<Entry, "createdAt"> & { readonly createdAt: string };
  return { ...entry, createdAt: new Date(entry.createdAt) };
}
