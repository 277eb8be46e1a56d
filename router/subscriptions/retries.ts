// Retries of one broken subscription: with backoff, and given up after a minute without success, so
// that its client gets an error instead of waiting for ever.
import { backoffMs } from "#kit/backoff";
import { countReopening, type ReopenedStream } from "../telemetry/stream-metrics.ts";

export interface Retries {
  /** Schedules the work once more. False when it is given up, and nothing runs. */
  again(): boolean;
  /** The work succeeded: the backoff starts anew. */
  reset(): void;
  stop(): void;
}

const BACKOFF = { firstMs: 50, maxMs: 2_000, jitter: 0.5 };
/** More than a connection takes to fail. Work that lasts this long has succeeded. */
const SUCCEEDED_MS = 20_000;
const GIVE_UP_MS = 60_000;

/** Retries of `work`, which opens a stream; the caller runs it for the first time now. */
export function createRetries(stream: ReopenedStream, work: () => void): Retries {
  let retries = 0;
  let timer: NodeJS.Timeout | undefined;
  let startedAt = Date.now();
  let failingSince: number | null = null;

  function reset(): void {
    retries = 0;
    failingSince = null;
  }

  return {
    again() {
      clearTimeout(timer);
      if (Date.now() - startedAt >= SUCCEEDED_MS) reset();
      failingSince ??= Date.now();
      if (Date.now() - failingSince >= GIVE_UP_MS) return false;
      retries += 1;
      timer = setTimeout(
        () => {
          startedAt = Date.now();
          countReopening(stream);
          work();
        },
        backoffMs(retries, BACKOFF),
      );
      return true;
    },
    reset,
    stop: () => clearTimeout(timer),
  };
}
