// What people last said of whether they are typing, so that nobody says the same over and over. In
// this process only, and forgetful: it saves work and guards nothing.
import { LRUCache } from "lru-cache";

export interface Throttle {
  /** True for news: the person's state in the conversation changed, or was told a while ago. */
  admits(conversationId: string, personId: string, isTyping: boolean): boolean;
  /** The person sent a message, which ends their typing; true when they were said to be typing. */
  ends(conversationId: string, personId: string): boolean;
}

/** The same state again is no news for so long. */
const REPEATED_MS = 2_000;
/** Clients take it back by themselves after that time. */
const TYPING_MS = 10_000;
const KEYS_MAX = 50_000;

interface Told {
  readonly isTyping: boolean;
  readonly at: number;
}

/** `now` is in milliseconds, and never goes back. */
export function createThrottle(now = () => performance.now()): Throttle {
  const latest = new LRUCache<string, Told>({ max: KEYS_MAX });
  const keyOf = (conversationId: string, personId: string) => `${conversationId} ${personId}`;
  return {
    admits(conversationId, personId, isTyping) {
      const key = keyOf(conversationId, personId);
      const told = latest.get(key);
      const isRepeated = told?.isTyping === isTyping && now() - told.at < REPEATED_MS;
      if (!isRepeated) latest.set(key, { isTyping, at: now() });
      return !isRepeated;
    },
    ends(conversationId, personId) {
      const key = keyOf(conversationId, personId);
      const told = latest.get(key);
      latest.delete(key);
      return told?.isTyping === true && now() - told.at < TYPING_MS;
    },
  };
}
