// Keeps what is stored of folded texts at the version of this process: after an upgrade before the
// process is ready, and from then on, since a release before it may write beside it for a while.
import { fail } from "#kit/errors";
import { pause } from "#kit/facts/integration";
import type { Log } from "#kit/service/logger";

export interface RefoldingOptions {
  /** What is folded, for the log. */
  readonly name: string;
  readonly log: Log;
  /**
   * Folds up to so many rows of an older version in a transaction, and returns how many there were.
   * Any number of replicas may do so at once.
   */
  refold(limit: number): Promise<number>;
  readonly everyMs?: number;
  readonly retryMs?: number;
}

/** Whether what is stored can be searched. */
export interface Folded {
  /** Throws `SUBGRAPH_UNAVAILABLE` while rows of an older version would be missed. */
  require(): void;
}

export interface Refolding extends Folded {
  /** Rejects until the rows of an older version are folded: a check of readiness. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** For who has nothing to wait for. */
export const FOLDED: Folded = { require: () => undefined };

const BATCH = 500;
const EVERY_MS = 10_000;
const RETRY_MS = 1_000;

/** Begins to fold, and does so again every 10 seconds: one statement when there is nothing. */
export function startRefolding(options: RefoldingOptions): Refolding {
  const { name, log, everyMs = EVERY_MS, retryMs = RETRY_MS } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let isDone = false;
  const ended = (async () => {
    while (!signal.aborted) {
      try {
        const rows = await refoldAll(options, signal);
        if (rows > 0) log.info({ texts: name, rows }, "folded texts anew");
        if (!signal.aborted) isDone = true;
      } catch (error) {
        log.warn({ err: error, texts: name }, "texts have to wait to be folded anew");
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
