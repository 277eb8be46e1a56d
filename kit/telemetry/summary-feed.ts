// Reads the summaries of all processes once a second, while somebody follows them. A slow follower
// gets the last reading only.
import { connectStrictly } from "#kit/data/redis";
import { endAt, goingAway } from "#kit/live/endings";
import { Reader } from "#kit/live/reader";
import type { Log } from "#kit/service/logger";
import {
  type BudgetPeriod,
  createSummaryStore,
  type Summary,
  type SummaryStore,
} from "#kit/telemetry/summary-store";

/** The summaries of all processes at one moment. */
export interface Reading {
  /** In ms since the epoch. */
  readonly at: number;
  readonly summaries: readonly Summary[];
  readonly budgets: BudgetPeriod;
}

export interface SummaryFeed {
  /** Follows until `expiresAt` at the latest (ms since the epoch). */
  follow(expiresAt: number): AsyncIterableIterator<Reading>;
  /** Ends every follower with `SUBGRAPH_UNAVAILABLE`. */
  close(): void;
}

const EVERY_MS = 1_000;
const BUDGETS_EVERY_MS = 10_000;
const TIMEOUT_MS = 1_000;
const LISTEN = "listen again";

export function openSummaryFeed(options: {
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
}): SummaryFeed {
  const { redisUrl, redisPrefix, log } = options;
  const redis = connectStrictly("opsStats", redisUrl, log, TIMEOUT_MS);
  const feed = createSummaryFeed(createSummaryStore(redis, redisPrefix));
  return {
    follow: feed.follow,
    close() {
      feed.close();
      redis.disconnect();
    },
  };
}

/** While Redis does not answer, followers wait. */
export function createSummaryFeed(
  store: Pick<SummaryStore, "readAll" | "readBudgets">,
  now: () => number = Date.now,
): SummaryFeed {
  const followers = new Set<Last>();
  const read = readerOf(store, now);
  let timer: NodeJS.Timeout | undefined;
  const look = () =>
    void read().then(
      (reading) => {
        for (const follower of followers) follower.receive(reading);
      },
      () => {},
    );
  return {
    follow(expiresAt) {
      const follower: Last = new Last(() => {
        cancel();
        followers.delete(follower);
        if (followers.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
      const cancel = endAt(expiresAt, follower, LISTEN);
      followers.add(follower);
      timer ??= setInterval(look, EVERY_MS).unref();
      look();
      return follower;
    },
    close() {
      for (const follower of followers) follower.end(goingAway(LISTEN));
    },
  };
}

/** A month of budgets is read less often than the summaries. */
function readerOf(
  store: Pick<SummaryStore, "readAll" | "readBudgets">,
  now: () => number,
): () => Promise<Reading> {
  let budgets: BudgetPeriod = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now();
    if (at - readAt >= BUDGETS_EVERY_MS) {
      budgets = await store.readBudgets(at);
      readAt = at;
    }
    return { at, summaries: await store.readAll(at), budgets };
  };
}

/** The last reading, for one consumer. */
class Last extends Reader<Reading> {
  private last: Reading | undefined;
  private readonly onEnded: () => void;

  constructor(onEnd: () => void) {
    super();
    this.onEnded = onEnd;
  }

  receive(reading: Reading): void {
    this.last = reading;
    this.wake();
  }

  isBehind(): boolean {
    return this.last !== undefined;
  }

  protected async take(): Promise<Reading | undefined> {
    return this.takeAtHand();
  }

  protected takeAtHand(): Reading | undefined {
    const { last } = this;
    this.last = undefined;
    return last;
  }

  protected onEnd(): void {
    this.onEnded();
  }
}
