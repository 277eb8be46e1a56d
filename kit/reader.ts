// What a consumer pulls: values as long as there are any, then a wait until somebody says that
// there are more. Where they come from is its source's affair, which may be one stream or many.
import { DONE, iteratorOf } from "#kit/iterators";

/** Who is told of what happens to a stream. */
export interface Follower {
  /** Says that there may be more. */
  wake(): void;
  /** Ends what is read, with an error for the consumer or without. */
  end(error: Error | null): void;
}

export interface Reader<T> extends AsyncIterableIterator<T>, Follower {
  /** The next value for which `stops`. What comes before it is passed over at once, unseen. */
  nextWhere(stops: (value: T) => boolean): Promise<IteratorResult<T, undefined>>;
}

interface ReaderOptions<T> {
  /** The next value; undefined when none is to be had now. */
  readonly take: () => Promise<T | undefined>;
  /** The same, if it is at hand; undefined says nothing of whether there is one. */
  readonly takeNow: () => T | undefined;
  /** True while `take` may have one. */
  readonly isBehind: () => boolean;
  /** Called once, however it ends. */
  readonly onEnd: () => void;
}

/** A reader that may be ended at any moment, also while it waits. It ends when `take` fails. */
export function createReader<T>(options: ReaderOptions<T>): Reader<T> {
  const { take, onEnd } = options;
  const wait = createWait({ ...options, isEnded: () => ended !== undefined });
  let ended: { readonly error: Error | null } | undefined;
  let wakes = 0;

  function wake(): void {
    wakes += 1;
    wait.wake();
  }

  function end(error: Error | null): void {
    if (ended) return;
    ended = { error };
    onEnd();
    wait.wake();
  }

  async function nextValue(stops: (value: T) => boolean): Promise<T | undefined> {
    while (!ended) {
      const heard = wakes;
      const value = await take();
      if (value !== undefined) {
        if (stops(value)) return value;
        continue;
      }
      // There may be more since the value was looked for; that wake-up came too early to be heard.
      if (ended || wakes !== heard) continue;
      const arrived = await wait.until(stops);
      if (arrived !== undefined) return arrived;
    }
    return undefined;
  }

  async function nextWhere(stops: (value: T) => boolean): Promise<IteratorResult<T, undefined>> {
    const value = await nextValue(stops).catch((error: unknown) => {
      end(null);
      throw error;
    });
    if (ended || value === undefined) {
      const error = ended?.error;
      ended = { error: null };
      if (error) throw error;
      return DONE;
    }
    return { done: false, value };
  }

  return {
    wake,
    end,
    nextWhere,
    ...iteratorOf({
      next: () => nextWhere(always),
      async end() {
        end(null);
      },
    }),
  };
}

interface Wait<T> {
  /**
   * Resolves with a value at hand for which `stops`, or with undefined when there may be more than
   * is at hand, or it is over.
   */
  until(stops: (value: T) => boolean): Promise<T | undefined>;
  wake(): void;
}

/**
 * Whoever waits only to see most values pass costs no promise for each: thousands wait for what
 * comes to all of them.
 */
function createWait<T>({
  takeNow,
  isBehind,
  isEnded,
}: Pick<ReaderOptions<T>, "takeNow" | "isBehind"> & { readonly isEnded: () => boolean }): Wait<T> {
  let look = () => {};
  return {
    wake: () => look(),
    until: (stops) =>
      new Promise((resolve, reject) => {
        // What is at hand once it has settled is the next one's.
        const settled = (tell: () => void) => {
          look = () => {};
          tell();
        };
        look = () => {
          try {
            while (!isEnded()) {
              const value = takeNow();
              if (value === undefined) break;
              if (stops(value)) return settled(() => resolve(value));
            }
            if (isEnded() || isBehind()) settled(() => resolve(undefined));
          } catch (error) {
            settled(() => reject(error));
          }
        };
      }),
  };
}

function always(): boolean {
  return true;
}
