// A reader of values that its consumer pulls: values while there are any, then a wait until a
// wake-up says that there may be more. Subclasses know the source.
import { DONE } from "#kit/live/iterators";

/** Is notified of what happens to a stream. */
export interface Follower {
  /** There may be more. */
  wake(): void;
  /** Ends the reader, with an error for its consumer or without. */
  end(error: Error | null): void;
}

/** True for a value that the consumer waits for. */
export type Matches<T> = (value: T) => boolean;

const always = () => true;
const nothing = () => {};

/**
 * A reader that can be ended at any moment, also while it waits. It ends when `take` fails. A class
 * for the reason that `Cursor` is one.
 */
export abstract class Reader<T> implements AsyncIterableIterator<T>, Follower {
  private ended: { readonly error: Error | null } | undefined;
  private wakeUps = 0;
  /** Looks for a value at hand, while `next` waits. */
  private look = nothing;

  /** The next value; undefined when there is none now. */
  protected abstract take(): Promise<T | undefined>;
  /** The next value if it is in memory; undefined does not say that there is none. */
  protected abstract takeAtHand(): T | undefined;
  /** True while `take` may have one. */
  abstract isBehind(): boolean;
  /** Called once, however it ends. */
  protected abstract onEnd(): void;

  wake(): void {
    this.wakeUps += 1;
    this.look();
  }

  end(error: Error | null): void {
    if (this.ended) return;
    this.ended = { error };
    this.onEnd();
    this.look();
  }

  get isEnded(): boolean {
    return this.ended !== undefined;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return this.nextMatching(always);
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.end(null);
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next value that matches; values before it are skipped. */
  async nextMatching(matches: Matches<T>): Promise<IteratorResult<T, undefined>> {
    try {
      while (!this.ended) {
        const wakeUpsBefore = this.wakeUps;
        let value = await this.take();
        if (value !== undefined && !matches(value)) continue;
        // A wake-up during `take` came before anything waited for it: look again.
        if (value === undefined && !this.ended && this.wakeUps === wakeUpsBefore)
          value = await this.until(matches);
        if (value !== undefined && !this.ended) return { done: false, value };
      }
    } catch (error) {
      this.end(null);
      throw error;
    }
    return this.over();
  }

  /** Only the first caller after the end gets its error. */
  private over(): IteratorReturnResult<undefined> {
    const error = this.ended?.error;
    this.ended = { error: null };
    if (error) throw error;
    return DONE;
  }

  /**
   * Resolves with a value at hand that matches, or with undefined when there may be one that is not
   * at hand, or at the end. Values that do not match cost no promise: thousands of readers wait and
   * skip what is broadcast to all.
   */
  private until(matches: Matches<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      // Once it has settled, values at hand are for the next call.
      const settle = (settled: () => void) => {
        this.look = nothing;
        settled();
      };
      this.look = () => {
        try {
          while (!this.ended) {
            const value = this.takeAtHand();
            if (value === undefined) break;
            if (matches(value)) return settle(() => resolve(value));
          }
          if (this.ended || this.isBehind()) settle(() => resolve(undefined));
        } catch (error) {
          settle(() => reject(error));
        }
      };
    });
  }
}
