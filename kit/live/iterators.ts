// Async iterators written by hand, because an async generator's `return` waits for the value it is
// pending on: a client that leaves must end the source at once.

/** What an iterator gives that has nothing more. */
export const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

interface Source<T> {
  next(): Promise<IteratorResult<T, unknown>>;
  end(): Promise<unknown> | undefined;
}

/**
 * What `next` gives, until it is done. Ending it runs `end` at once, and so does a failure: who
 * iterates does not call `return` after one.
 */
export function iteratorOf<T>(source: Source<T>): AsyncIterableIterator<T> {
  return new SourceIterator(source);
}

// A class for the reason that a cursor is one.
class SourceIterator<T> implements AsyncIterableIterator<T> {
  private readonly source: Source<T>;

  constructor(source: Source<T>) {
    this.source = source;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      const result = await this.source.next();
      return result.done ? DONE : result;
    } catch (error) {
      await this.source.end();
      throw error;
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    await this.source.end();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Maps each value of `source`, in order; ends with it, and it with this. */
export function mapIterator<In, Out>(
  source: AsyncIterator<In>,
  map: (value: In) => Out | Promise<Out>,
): AsyncIterableIterator<Out> {
  return iteratorOf<Out>({
    async next() {
      const result = await source.next();
      return result.done ? DONE : { done: false, value: await map(result.value) };
    },
    end: () => source.return?.(),
  });
}

/** `first`, then each value of `source`; ends with it, and it with this. */
export function withFirst<First, Rest>(
  first: First,
  source: AsyncIterator<Rest>,
): AsyncIterableIterator<First | Rest> {
  let isGiven = false;
  return iteratorOf<First | Rest>({
    next() {
      if (isGiven) return source.next();
      isGiven = true;
      return Promise.resolve({ done: false, value: first });
    },
    end: () => source.return?.(),
  });
}

/** A stream that only fails: graphql-ws answers it with an `error` message instead of `next`. */
export function failedIterator(error: Error): AsyncIterableIterator<never> {
  return iteratorOf({ next: () => Promise.reject(error), end: () => undefined });
}
