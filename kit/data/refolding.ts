// Keeps stored folds of texts at this process's version of the fold: before the process is ready,
// and every few seconds after that, because an older release may still write beside it.
import { fail } from "#kit/errors";
import { pause } from "#kit/facts/integration";
import type { Log } from "#kit/service/logger";

export interface RefoldingOptions {
  /** A name of the rows, for the log. */
  readonly name: string;
  readonly log: Log;
  /**
   * Folds up to `limit` rows of an older version in a transaction, and returns how many it found.
   * Any number of replicas may do so at once.
   */
  refold(limit: number): Promise<number>;
  readonly everyMs?: number;
  readonly retryMs?: number;
}

/** Whether the stored folds can be searched. */
export interface Folded {
  /** Throws `SUBGRAPH_UNAVAILABLE` while a search would miss rows of an older version. */
  require(): void;
}

export interface Refolding extends Folded {
  /** A readiness check: rejects until all rows of an older version are folded. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** For a database without stored folds to wait for. */
export const FOLDED: Folded = { require: () => undefined };

const BATCH = 500;
const EVERY_MS = 10_000;
const RETRY_MS = 1_000;

/** Starts to fold, and checks again every 10 seconds, which takes one statement. */
export function startRefolding(options: RefoldingOptions): Refolding {
  const { name, log, everyMs = EVERY_MS, retryMs = RETRY_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let isDone = false;
  const ended = (async () => {
    while (!signal.aborted) {
      try {
        const rows = await refoldAll(options, signal);
        if (rows > 0) log.info({ texts: name, rows }, "refolded stored texts");
        if (!signal.aborted) isDone = true;
      } catch (error) {
        log.warn({ err: error, texts: name }, "refolding of stored texts failed and is retried");
      }
      await pause(isDone ? everyMs : retryMs, signal);
    }
  })();
  return {
    require() {
      if (isDone) return;
      throw fail("SUBGRAPH_UNAVAILABLE", "The search is being prepared; try again in a moment.", {
        retryAfterMs: RETRY_MS,
      });
    },
    async check() {
      if (!isDone) throw new Error(`${name} are not folded yet`);
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

async function refoldAll({ refold }: RefoldingOptions, signal: AbortSignal): Promise<number> {
  let rows = 0;
  for (let found = BATCH; found > 0 && !signal.aborted; rows += found) found = await refold(BATCH);
  return rows;
}
