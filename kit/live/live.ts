// Resumable streams over logs: replay from PostgreSQL, then live entries by Redis, with every gap
// read from PostgreSQL. Consumers pull. A slow one costs a bounded ring and one page of each stream
// that it is behind in, never a growing queue.

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
  /** True for the entry after which the stream ends. It ends before one for which this throws. */
  isLast?(entry: Entry): boolean;
}

interface OpenOptions extends Pick<Until, "expiresAt">, Pick<Start, "after"> {}

/** Many streams as one, each in order. Streams can be added and removed. */
export type MergedEntries = LiveEntries & Pick<MergedReader, "follow" | "unfollow" | "end">;

export interface Live {
  /** Opens a stream. `RESYNC_REQUIRED` when `after` lies beyond its head. */
  open(streamId: string, options?: OpenOptions): Promise<LiveEntries>;
  /** Opens many streams as one, with the statements of one. */
  openMany(starts: readonly Start[], until?: Until): Promise<MergedEntries>;
  /** Publishes committed entries to all replicas. */
  announce(entries: readonly Entry[]): void;
  /**
   * Ends every open stream with `SUBGRAPH_UNAVAILABLE`, and refuses later ones with it: clients
   * resume at another replica.
   */
  close(): void;
}

const POLL_MS = 1_000;
const RESUME = "resume from the last seq";

/** `pollMs` bounds how late an entry arrives whose wake-up was lost. */
export function createLive(options: {
  readonly logs: LogReader;
  readonly pubsub: PubSub;
  readonly log: Log;
  readonly pollMs?: number;
}): Live {
  let isClosed = false;
  const { logs, pubsub, log, pollMs = POLL_MS } = options;
  const tails = createTails({ pubsub, log, logs, pollMs });
  const heads = createLookup("heads", async (requests: readonly (readonly string[])[]) => {
    const found = await logs.heads([...new Set(requests.flat())]);
    return requests.map(() => found);
  });

  async function openMany(
    starts: readonly Start[],
    { expiresAt, isLast }: Until = {},
  ): Promise<MergedEntries> {
    const merged = new MergedReader({ tails, heads, isLast, onEnd: () => cancel() });
    const cancel = expiresAt === undefined ? () => {} : endAt(expiresAt, merged, RESUME);
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
