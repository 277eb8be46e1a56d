// Resumable streams over logs: replay from PostgreSQL, then live by Redis, with every gap read from
// PostgreSQL. A reader is pulled by its consumer, so a slow consumer costs a bounded ring and a
// page of each stream that it is behind in, never a growing queue: what it missed in the ring it
// reads from the log.

import { createLookup } from "#kit/data/lookups";
import { endAt, goingAway } from "#kit/live/endings";
import { type LiveEntries, MergedReader, type Start } from "#kit/live/merged";
import type { PubSub } from "#kit/live/pubsub";
import type { Entry } from "#kit/live/streams";
import { channelOf, createTails, type LogReader } from "#kit/live/tails";
import type { Log } from "#kit/service/logger";

interface Until {
  /** When the viewer's session ends, in milliseconds since the epoch: the stream ends with it. */
  readonly expiresAt?: number;
  /** True for the entry with which the stream ends; it ends before one for which this throws. */
  isLast?(entry: Entry): boolean;
}

interface OpenOptions extends Pick<Until, "expiresAt">, Pick<Start, "after"> {}

/** Many streams as one, each in order; streams may be added and taken away. */
export type MergedEntries = LiveEntries & Pick<MergedReader, "follow" | "unfollow" | "end">;

export interface Live {
  /** Opens a stream. `RESYNC_REQUIRED` when `after` lies beyond its end. */
  open(streamId: string, options?: OpenOptions): Promise<LiveEntries>;
  /** Opens many streams as one, by as many statements as one stream needs. */
  openMany(starts: readonly Start[], until?: Until): Promise<MergedEntries>;
  /** Tells all replicas of entries that are committed. */
  announce(entries: readonly Entry[]): void;
  /**
   * Ends every open stream with `SUBGRAPH_UNAVAILABLE`, and refuses so what is opened from now on;
   * clients resume at another replica.
   */
  close(): void;
}

const CHECKPOINT_MS = 1_000;
const RESUME = "resume from the last seq";

/** Streams over `logs`. `checkpointMs` bounds how late an entry arrives whose wake-up was lost. */
export function createLive(options: {
  readonly logs: LogReader;
  readonly pubsub: PubSub;
  readonly log: Log;
  readonly checkpointMs?: number;
}): Live {
  let isClosed = false;
  const { logs, pubsub, log, checkpointMs = CHECKPOINT_MS } = options;
  const tails = createTails({ pubsub, log, logs, checkpointMs });
  const heads = createLookup(async (asked: readonly (readonly string[])[]) => {
    const found = await logs.heads([...new Set(asked.flat())]);
    return asked.map(() => found);
  });

  async function openMany(
    starts: readonly Start[],
    { expiresAt, isLast }: Until = {},
  ): Promise<MergedEntries> {
    const merged = new MergedReader({ tails, heads, isLast, onEnd: () => callOff() });
    const callOff = expiresAt === undefined ? () => {} : endAt(expiresAt, merged, RESUME);
    try {
      if (isClosed) throw goingAway(RESUME);
      await merged.follow(starts);
      return merged;
    } catch (error) {
      merged.end(null);
      throw error;
    }
  }

  return {
    openMany,
    open: (streamId, { after, ...until } = {}) => openMany([{ streamId, after }], until),
    announce(entries) {
      for (const entry of entries) pubsub.publish(channelOf(entry.streamId), entry);
    },
    close() {
      isClosed = true;
      for (const follower of tails.close()) follower.end(goingAway(RESUME));
    },
  };
}
