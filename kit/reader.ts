// What a consumer pulls: values as long as there are any, then a wait until somebody says that
// there are more. Where they come from is its source's affair, which may be one stream or many.

/** Who is told of what happens to a stream. */
export interface Follower {
  /** Says that there may be more. */
  wake(): void;
  /** Ends what is read, with an error for the consumer or without. */
  end(error: Error | null): void;
}

export interface Reader<T> extends AsyncIterableIterator<T>, Follower {}

interface ReaderOptions<T> {
  /** The next value; undefined when none is to be had now. */
  readonly take: () => Promise<T | undefined>;
  /** Called once, however it ends. */
  readonly onEnd: () => void;
}

/** A reader that may be ended at any moment, also while it waits. It ends when `take` fails. */
export function createReader<T>({ take, onEnd }: ReaderOptions<T>): Reader<T> {
  let ended: { readonly error: Error | null } | undefined;
  let wakes = 0;
  let wakeUp = () => {};

  function wake(): void {
    wakes += 1;
    wakeUp();
  }

  function end(error: Error | null): void {
    if (ended) return;
    ended = { error };
    onEnd();
    wakeUp();
  }

  async function nextValue(): Promise<T | undefined> {
    while (!ended) {
      const heard = wakes;
      const value = await take();
      if (value !== undefined) return value;
      // There may be more since the value was looked for; that wake-up came too early to be heard.
      if (!ended && wakes === heard) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
      }
    }
    return undefined;
  }

  return {
    wake,
    end,
    async next() {
      const value = await nextValue().catch((error: unknown) => {
        end(null);
        throw error;
      });
      if (ended || value === undefined) {
        const error = ended?.error;
        ended = { error: null };
        if (error) throw error;
        return { done: true, value: undefined };
      }
      return { done: false, value };
    },
    async return() {
      end(null);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
