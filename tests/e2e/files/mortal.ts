// A process that dies at a chosen step: behind it, nothing that it does reaches a database or a
// store any more, and no answer reaches it. A step is just before or behind such a call, or just
// before a commit.
import type { Storage } from "../../../kit/storage/storage.ts";

class Died extends Error {
  override readonly name = "Died";
}

export interface Life {
  /** How many steps it has taken. */
  readonly steps: number;
  readonly hasEnded: boolean;
  /** The same, as long as it lives. */
  database<Db extends object>(database: Db): Db;
  storage(storage: Storage): Storage;
  /** Its result; null if it dies before its end. Other errors are thrown. */
  run<T>(work: () => Promise<T>): Promise<T | null>;
}

type Call = (...given: unknown[]) => Promise<unknown>;

/** It dies at this step, from 1; never at infinity. */
export function lifeUntil(step: number): Life {
  let steps = 0;
  let hasEnded = false;
  const pass = () => {
    if (!hasEnded) steps += 1;
    hasEnded ||= steps >= step;
    if (hasEnded) throw new Died();
  };
  const around =
    (call: Call): Call =>
    async (...given) => {
      pass();
      const answer = await call(...given);
      pass();
      return answer;
    };
  const transaction =
    (begin: Call): Call =>
    async (work, options) => {
      pass();
      const whole = async (tx: unknown) => {
        const result = await (work as Call)(tx);
        pass();
        return result;
      };
      const answer = await begin(whole, options);
      pass();
      return answer;
    };
  const mortal = <T extends object>(thing: T, wrap: (name: string, call: Call) => Call): T =>
    new Proxy(thing, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function" || typeof name !== "string") return value;
        return wrap(name, value.bind(target) as Call);
      },
    });
  return {
    get steps() {
      return steps;
    },
    get hasEnded() {
      return hasEnded;
    },
    database: (database) =>
      mortal(database, (name, call) => (name === "$transaction" ? transaction : around)(call)),
    storage: (storage) => mortal(storage, (name, call) => (name === "link" ? call : around(call))),
    async run(work) {
      try {
        return await work();
      } catch (error) {
        if (hasEnded) return null;
        throw error;
      }
    },
  };
}
