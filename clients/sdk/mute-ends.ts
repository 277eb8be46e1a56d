// When muting ends by itself: the server tells nobody, so the conversation is read again then.
import type { InboxRow } from "./inbox-rows.ts";
import type { Clock } from "./platform.ts";

/** The device's time may be a little ahead of the server's, or far. */
const MARGIN_MS = 500;
const AGAIN_MS = 30_000;
/** Timers of browsers do not reach further than 24 days. */
const LATEST_MS = 24 * 60 * 60_000;

type Muted = Pick<InboxRow, "id" | "mutedUntil">;

export class MuteEnds {
  readonly #clock: Clock;
  readonly #onEnd: (conversationId: string) => void;
  readonly #now: () => number;
  #muted: readonly Muted[] = [];
  #next: number | null = null;
  #cancel = () => {};

  /** `now` is the date of the device. */
  constructor(clock: Clock, onEnd: (conversationId: string) => void, now: () => number = Date.now) {
    this.#clock = clock;
    this.#onEnd = onEnd;
    this.#now = now;
  }

  /** The rows as they are now. */
  follow(rows: Iterable<Muted>): void {
    this.#muted = [...rows].filter(({ mutedUntil }) => mutedUntil !== null);
    const ends = this.#muted.map(({ mutedUntil }) => Date.parse(mutedUntil ?? ""));
    const next = ends.length > 0 ? Math.min(...ends) : null;
    if (next === this.#next) return;
    this.#next = next;
    this.#cancel();
    if (next !== null) this.#wait(next);
  }

  close(): void {
    this.#cancel();
  }

  #wait(end: number): void {
    const left = end - this.#now();
    const ms = left > 0 ? Math.min(left + MARGIN_MS, LATEST_MS) : AGAIN_MS;
    this.#cancel = this.#clock.after(ms, () => {
      const over = this.#muted.filter((each) => Date.parse(each.mutedUntil ?? "") <= this.#now());
      for (const { id } of over) this.#onEnd(id);
      this.#wait(end);
    });
  }
}
