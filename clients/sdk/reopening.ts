// Opens a list again after it has failed, with longer and longer pauses.
import { pauseMs } from "./closings.ts";
import type { Clock } from "./platform.ts";

interface ReopeningOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly reopen: () => void;
}

/** The first pause is as the second one of a stream: a failure is none of the network. */
const PAUSES_BEFORE = 2;

export class Reopening {
  readonly #options: ReopeningOptions;
  #failures = 0;
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(options: ReopeningOptions) {
    this.#options = options;
  }

  failed(): void {
    if (this.#isClosed || this.#cancel) return;
    const { clock, random, reopen } = this.#options;
    const ms = pauseMs(this.#failures + PAUSES_BEFORE, random);
    this.#failures += 1;
    this.#cancel = clock.after(ms, () => {
      this.#cancel = null;
      reopen();
    });
  }

  succeeded(): void {
    this.#failures = 0;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel?.();
  }
}
