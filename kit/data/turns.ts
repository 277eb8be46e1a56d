// One at a time for each key, in the order of asking, within this process. What needs the same lock
// in the database waits here without a connection, so that one hot row does not take the whole
// pool. It is no guard: replicas still need the lock.

export interface Turns {
  /** Runs `work` when everything asked earlier for `key` is over, however it ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work);
      const over = mine.catch(() => undefined);
      last.set(key, over);
      try {
        return await mine;
      } finally {
        if (last.get(key) === over) last.delete(key);
      }
    },
  };
}
