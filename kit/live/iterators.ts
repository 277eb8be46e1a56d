// Async iterators written by hand: `return` of an async generator waits for the pending value, and
// a client that leaves must end the source at once.

/** The result of an iterator that has nothing more. */
export const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

interface Source<T> {
  next(): Promise<IteratorResult<T, unknown>>;
  end(): Promise<unknown> | undefined;
}

/**
 * Iterates over the results of `next`. `return` runs `end` at once, and so does an error of `next`,
 * since consumers do not call `return` after one.
 */
export function iteratorOf<T>(source: Source<T>): AsyncIterableIterator<T> {
  return new SourceIterator(source);
}

// A class for the reason that `Cursor` is one.
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

/** Maps the values of `source`, in order. Either ends with the other. */
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

/** `first`, then the values of `source`. Either ends with the other. */
export function withFirst<First, Rest>(
  first: First,
  source: AsyncIterator<Rest>,
): AsyncIterableIterator<First | Rest> {
  let isFirstGiven = false;
  return iteratorOf<First | Rest>({
    next() {
      if (isFirstGiven) return source.next();
      isFirstGiven = true;
      return Promise.resolve({ done: false, value: first });
    },
    end: () => source.return?.(),
  });
}

/** An iterator that only fails: graphql-ws answers it with an `error` message. */
export function failedIterator(error: Error): AsyncIterableIterator<never> {
  return iteratorOf({ next: () => Promise.reject(error), end: () => undefined });
}
