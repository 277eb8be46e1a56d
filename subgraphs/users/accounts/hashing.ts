// Hashes and verifies passwords with argon2id, as many at a time as there are threads for it. A
// request that would wait too long is refused with a time to retry. Which passwords are good, and
// whose they are, is decided elsewhere.
import { randomBytes } from "node:crypto";
import type { Options } from "@node-rs/argon2";
import { BulkheadRejectedError, bulkhead } from "cockatiel";
import { fail } from "#kit/errors";
import { hash, THREADS, verify } from "./argon2.ts";

export interface Passwords {
  /** The hash to store, in PHC format. `RATE_LIMITED` when too many wait. */
  hash(password: string): Promise<string>;
  /** Whether the password has this hash. Null never matches, and takes as long. */
  matches(password: string, stored: string | null): Promise<boolean>;
}

/** OWASP's minimum for argon2id, which is this library's default: 19 MiB, 2 passes, 1 lane. */
const ARGON2: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const WAITING_MAX = 200;
const RETRY_AFTER_MS = 5_000;

/** `waitingMax` is how many may wait, besides the two that run. */
export async function createPasswords({ waitingMax = WAITING_MAX } = {}): Promise<Passwords> {
  const queue = bulkhead(THREADS, waitingMax);
  const queued = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await queue.execute(work);
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw fail("RATE_LIMITED", "Too many people are signing in right now; try again soon.", {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
  };
  const dummyHash = await hash(randomBytes(32), ARGON2);
  return {
    hash: (password) => queued(() => hash(password, ARGON2)),
    async matches(password, stored) {
      const isMatch = await queued(() => verify(stored ?? dummyHash, password));
      return isMatch && stored !== null;
    },
  };
}
