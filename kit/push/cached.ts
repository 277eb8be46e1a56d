// A value that takes a request or a signature to make, kept until an instant.
import type { Clock } from "#kit/clock";

export interface Cached<Value> {
  /** Of calls at once, one makes it. */
  get(): Promise<Value>;
  /** The next call makes it anew. */
  forget(): void;
}

interface Made<Value> {
  readonly value: Value;
  readonly until: Date;
}

/** A failure is not kept. */
export function cachedUntil<Value>(make: () => Promise<Made<Value>>, clock: Clock): Cached<Value> {
  let made: Promise<Made<Value>> | null = null;
  async function fresh(): Promise<Value> {
    const making = make();
    made = making;
    try {
      return (await making).value;
    } catch (error) {
      if (made === making) made = null;
      throw error;
    }
  }
  return {
    async get() {
      const current = made;
      if (!current) return fresh();
      const { value, until } = await current;
      if (clock() < until) return value;
      // Another call may have begun to make it anew.
      return made === current || !made ? fresh() : (await made).value;
    },
    forget() {
      made = null;
    },
  };
}
