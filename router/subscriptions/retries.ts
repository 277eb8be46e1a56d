// When to try again what broke: soon, then less and less often, each a little at random so that
// many do not come at once. What has not worked for a minute is given up, so that whoever waits
// hears of it.

export interface Retries {
  /** Runs the work again, later. False when it is given up, and nothing runs. */
  again(): boolean;
  /** It works: the next time begins soon again. */
  reset(): void;
  stop(): void;
}

const FIRST_MS = 50;
const LONGEST_MS = 2_000;
/** More than a connection takes to fail: what lasted as long worked, though it said nothing. */
const WORKED_MS = 20_000;
const GIVE_UP_MS = 60_000;

/** How often `work` is tried, which runs for the first time now. */
export function createRetries(work: () => void): Retries {
  let waitMs = FIRST_MS;
  let timer: NodeJS.Timeout | undefined;
  let begunAt = Date.now();
  let failsSince: number | null = null;

  function reset(): void {
    waitMs = FIRST_MS;
    failsSince = null;
  }

  return {
    again() {
      clearTimeout(timer);
      if (Date.now() - begunAt >= WORKED_MS) reset();
      failsSince ??= Date.now();
      if (Date.now() - failsSince >= GIVE_UP_MS) return false;
      timer = setTimeout(
        () => {
          begunAt = Date.now();
          work();
        },
        waitMs * (0.5 + Math.random()),
      );
      waitMs = Math.min(waitMs * 2, LONGEST_MS);
      return true;
    },
    reset,
    stop: () => clearTimeout(timer),
  };
}
