// Keeps one person from telling the same thing over and over. In this process only, and forgetful:
// it saves work and guards nothing.
import { LRUCache } from "lru-cache";

export interface Throttle {
  /** True when `key` has not been admitted within the last two seconds. */
  admits(key: string): boolean;
}

const QUIET_MS = 2_000;
const KEYS_MAX = 50_000;

export function createThrottle(): Throttle {
  const recent = new LRUCache<string, true>({ max: KEYS_MAX, ttl: QUIET_MS });
  return {
    admits(key) {
      if (recent.has(key)) return false;
      recent.set(key, true);
      return true;
    },
  };
}
