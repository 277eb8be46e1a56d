// When to try again what broke: soon, then less and less often, each a little at random so that
// many do not come at once.

export interface Retries {
  /** Runs the work again, later. */
  again(): void;
  /** It works: the next time begins soon again. */
  reset(): void;
  stop(): void;
}

const FIRST_MS = 50;
const LONGEST_MS = 2_000;

export function createRetries(work: () => void): Retries {
  let waitMs = FIRST_MS;
  let timer: NodeJS.Timeout | undefined;
  return {
    again() {
      clearTimeout(timer);
      timer = setTimeout(work, waitMs * (0.5 + Math.random()));
      waitMs = Math.min(waitMs * 2, LONGEST_MS);
    },
    reset() {
      waitMs = FIRST_MS;
    },
    stop: () => clearTimeout(timer),
  };
}
