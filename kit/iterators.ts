// Async iterators written by hand, because an async generator's `return` waits for the value it is
// pending on: a client that leaves must end the source at once.

/**
 * Maps each value of `source`, in order; ending the result ends the source at once, and so does a
 * failure: who iterates does not call `return` after one.
 */
export function mapIterator<In, Out>(
  source: AsyncIterator<In>,
  map: (value: In) => Out | Promise<Out>,
): AsyncIterableIterator<Out> {
  return {
    async next() {
      try {
        const result = await source.next();
        if (result.done) return { done: true, value: undefined };
        return { done: false, value: await map(result.value) };
      } catch (error) {
        await source.return?.();
        throw error;
      }
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A stream that only fails: graphql-ws answers it with an `error` message instead of `next`. */
export function failedIterator(error: Error): AsyncIterableIterator<never> {
  return {
    next: () => Promise.reject(error),
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
