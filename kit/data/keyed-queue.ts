// Runs work of one key one at a time, in the order of the calls, within this process. Work for the
// same row lock waits here without a connection, so that one hot row does not use up the pool. It
// does not replace the lock: other replicas write too.
import { activeSpan } from "#kit/telemetry/scope";

export interface KeyedQueue {
  /** Runs `work` after all earlier work of `key` has ended, whether it failed or not. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function createKeyedQueue(): KeyedQueue {
  /** The end of the last work of each key; never rejects. */
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
      const before = last.get(key);
      const waiting = before && activeSpan()?.child("wait for a turn");
      const own = (before ?? Promise.resolve()).then(() => {
        waiting?.end();
        return work();
      });
      const ended = own.catch(() => undefined);
      last.set(key, ended);
      try {
        return await own;
      } finally {
        if (last.get(key) === ended) last.delete(key);
      }
    },
  };
}
