// Resumable streams over logs: replay from PostgreSQL, then live by Redis, with every gap read from
// PostgreSQL. A reader is pulled by its consumer, so a slow consumer costs a bounded ring and a
// page, never a growing queue: what it missed in the ring it reads from the log.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import type { Log } from "#kit/log";
import type { Entry } from "#kit/logs";
import type { PubSub } from "#kit/pubsub";
import { createReader, type Reader } from "#kit/reader";
import { acknowledged, advance, channelOf, createTails } from "#kit/tails";

export interface LogReader {
  read(streamId: string, after: number, limit: number): Promise<Entry[]>;
  heads(streamIds: readonly string[]): Promise<Map<string, number>>;
}

interface OpenOptions {
  /** Continue behind this seq; `undefined` or null starts with what comes next. */
  readonly after?: number | null | undefined;
  /** When the viewer's session ends, in milliseconds since the epoch: the stream ends with it. */
  readonly expiresAt?: number;
}

export interface Live {
  /** Opens a stream. `RESYNC_REQUIRED` when `after` lies beyond its end. */
  open(streamId: string, options?: OpenOptions): Promise<AsyncIterableIterator<Entry>>;
  /** Tells all replicas of entries that are committed. */
  announce(entries: readonly Entry[]): void;
  /** Ends every open stream with `SUBGRAPH_UNAVAILABLE`; clients resume at another replica. */
  close(): void;
}

const PAGE_SIZE = 200;
const CHECKPOINT_MS = 1_000;

/** Streams over `logs`. `checkpointMs` bounds how late an entry arrives whose wake-up was lost. */
export function createLive(options: {
  readonly logs: LogReader;
  readonly pubsub: PubSub;
  readonly log: Log;
  readonly checkpointMs?: number;
}): Live {
  const { logs, pubsub, log, checkpointMs = CHECKPOINT_MS } = options;
  const tails = createTails({ pubsub, log, heads: logs.heads, checkpointMs });
  return {
    async open(streamId, { after, expiresAt } = {}) {
      const tail = tails.acquire(streamId);
      const reader = createReader({
        tail,
        readPage: (position) => logs.read(streamId, position, PAGE_SIZE),
        onEnd: () => {
          clearTimeout(expiry);
          tails.release(streamId, tail, reader);
        },
      });
      const expiry = endAt(expiresAt, reader);
      tail.readers.add(reader);
      try {
        // Listen first, then read the head: what is committed in between is heard, or is below the
        // head.
        await acknowledged(tail);
        const head = (await logs.heads([streamId])).get(streamId) ?? 0;
        if (after !== undefined && after !== null && after > head) throw beyondTheEnd(after, head);
        reader.start(after ?? head);
        advance(tail, head);
        return reader;
      } catch (error) {
        reader.end(null);
        throw error;
      }
    },
    announce(entries) {
      for (const entry of entries) pubsub.publish(channelOf(entry.streamId), entry);
    },
    close() {
      for (const reader of tails.close()) reader.end(goingAway());
    },
  };
}

const TIMER_MS_MAX = 2 ** 31 - 1;

function endAt(expiresAt: number | undefined, reader: Reader): NodeJS.Timeout | undefined {
  if (expiresAt === undefined) return undefined;
  const leftMs = Math.min(Math.max(0, expiresAt - Date.now()), TIMER_MS_MAX);
  const timer = setTimeout(() => reader.end(sessionEnded()), leftMs);
  timer.unref();
  return timer;
}

function beyondTheEnd(after: number, head: number): GraphQLError {
  return fail("RESYNC_REQUIRED", `The stream ends at ${head}, before ${after}: read it again.`, {
    head,
  });
}

function sessionEnded(): GraphQLError {
  return fail("UNAUTHENTICATED", "The session ended: refresh it and resume from the last seq.");
}

function goingAway(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The server is going away: resume from the last seq.");
}
