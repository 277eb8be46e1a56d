// What a consumer pulls: values as long as there are any, then a wait until somebody says that
// there are more. Where they come from is its source's affair, which may be one stream or many.
import { DONE } from "#kit/live/iterators";

/** Who is told of what happens to a stream. */
export interface Follower {
  /** Says that there may be more. */
  wake(): void;
  /** Ends what is read, with an error for the consumer or without. */
  end(error: Error | null): void;
}

/** Whether a value is one that somebody waits for. */
export type Matches<T> = (value: T) => boolean;

const always = () => true;
const nothing = () => {};

/**
 * A reader that may be ended at any moment, also while it waits. It ends when `take` fails. Of its
 * source it knows what is protected. A class for the reason that a cursor is one.
 */
export abstract class Reader<T> implements AsyncIterableIterator<T>, Follower {
  private ended: { readonly error: Error | null } | undefined;
  private wakes = 0;
  /** Looks at what is at hand, for who waits. */
  private look = nothing;

  /** The next value; undefined when none is to be had now. */
  protected abstract take(): Promise<T | undefined>;
  /** The same, if it is at hand; undefined says nothing of whether there is one. */
  protected abstract takeAtHand(): T | undefined;
  /** True while `take` may have one. */
  abstract isBehind(): boolean;
  /** Called once, however it ends. */
  protected abstract onEnd(): void;

  wake(): void {
    this.wakes += 1;
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

  /** The next value for which `stops`. What comes before it is passed over at once, unseen. */
  async nextMatching(stops: Matches<T>): Promise<IteratorResult<T, undefined>> {
    try {
      while (!this.ended) {
        const heard = this.wakes;
        let value = await this.take();
        if (value !== undefined && !stops(value)) continue;
        // There may be more since a value was looked for; that wake-up came too early to be heard.
        if (value === undefined && !this.ended && this.wakes === heard)
          value = await this.until(stops);
        if (value !== undefined && !this.ended) return { done: false, value };
      }
    } catch (error) {
      this.end(null);
      throw error;
    }
    return this.over();
  }

  /** An error is for who asks first. */
  private over(): IteratorReturnResult<undefined> {
    const error = this.ended?.error;
    this.ended = { error: null };
    if (error) throw error;
    return DONE;
  }

  /**
   * Resolves with a value at hand for which `stops`, or with undefined when there may be more than
   * is at hand, or it is over. Whoever waits only to see most values pass costs no promise for
   * each: thousands wait for what comes to all of them.
   */
  private until(stops: Matches<T>): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      // What is at hand once it has settled is the next one's.
      const settled = (tell: () => void) => {
        this.look = nothing;
        tell();
      };
      this.look = () => {
        try {
          while (!this.ended) {
            const value = this.takeAtHand();
            if (value === undefined) break;
            if (stops(value)) return settled(() => resolve(value));
          }
          if (this.ended || this.isBehind()) settled(() => resolve(undefined));
        } catch (error) {
          settled(() => reject(error));
        }
      };
    });
  }
}
