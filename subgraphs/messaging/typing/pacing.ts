// Passes signals on in batches: the first at once, and those of the next seconds together, so that
// a phone in a pocket wakes for a batch and not for each signal.
import { Reader } from "#kit/live/reader";

interface Pacing<T> {
  readonly intervalMs: number;
  /** Of values with the same key in one batch, the last one is enough. */
  readonly keyOf: (value: T) => string;
}

/** Holds at most so many values; the oldest are dropped, as signals may be. */
const HELD_MAX = 100;

/** The values of `source` in batches. Either ends with the other. */
export function paced<T>(
  source: AsyncIterator<T>,
  pacing: Pacing<T>,
): AsyncIterableIterator<T, undefined> {
  return new Paced(source, pacing);
}

class Paced<T> extends Reader<T> {
  private readonly source: AsyncIterator<T>;
  private readonly pacing: Pacing<T>;
  private readonly held = new Map<string, T>();
  /** The batch that is being passed on. */
  private batch: T[] = [];
  /** Until the next batch may pass. */
  private timer: NodeJS.Timeout | null = null;

  constructor(source: AsyncIterator<T>, pacing: Pacing<T>) {
    super();
    this.source = source;
    this.pacing = pacing;
    this.pump().then(
      () => this.end(null),
      (error: Error) => this.end(error),
    );
  }

  isBehind(): boolean {
    return this.batch.length > 0 || (this.timer === null && this.held.size > 0);
  }

  protected async take(): Promise<T | undefined> {
    return this.takeAtHand();
  }

  protected takeAtHand(): T | undefined {
    if (this.batch.length === 0 && this.isBehind()) {
      this.batch = [...this.held.values()];
      this.held.clear();
      this.timer = setTimeout(() => {
        this.timer = null;
        this.wake();
      }, this.pacing.intervalMs);
    }
    return this.batch.shift();
  }

  protected onEnd(): void {
    if (this.timer) clearTimeout(this.timer);
    void this.source.return?.();
  }

  private async pump(): Promise<void> {
    for (;;) {
      const result = await this.source.next();
      if (result.done) return;
      const key = this.pacing.keyOf(result.value);
      this.held.delete(key);
      this.held.set(key, result.value);
      const [oldest] = this.held.keys();
      if (this.held.size > HELD_MAX && oldest !== undefined) this.held.delete(oldest);
      this.wake();
    }
  }
}
