// The last typing state that each person signalled, so that repeats are not sent. It is local to
// the process and forgets old states: it saves work and guarantees nothing.
import { LRUCache } from "lru-cache";

export interface Throttle {
  /** True when a signal is worth sending: the state is new, or was last sent a while ago. */
  shouldSend(conversationId: string, personId: string, isTyping: boolean): boolean;
  /** The person sent a message, which ends their typing; true when they were known to be typing. */
  ends(conversationId: string, personId: string): boolean;
}

/** The same state is not sent again within this time. */
const REPEATED_MS = 2_000;
/** Clients drop a typing state by themselves after this time. */
const TYPING_MS = 10_000;
const KEYS_MAX = 50_000;

interface SentState {
  readonly isTyping: boolean;
  readonly at: number;
}

/** `now` is in milliseconds and monotonic. */
export function createThrottle(now = () => performance.now()): Throttle {
  const latest = new LRUCache<string, SentState>({ max: KEYS_MAX });
  const keyOf = (conversationId: string, personId: string) => `${conversationId} ${personId}`;
  return {
    shouldSend(conversationId, personId, isTyping) {
      const key = keyOf(conversationId, personId);
      const last = latest.get(key);
      const isRepeated = last?.isTyping === isTyping && now() - last.at < REPEATED_MS;
      if (!isRepeated) latest.set(key, { isTyping, at: now() });
      return !isRepeated;
    },
    ends(conversationId, personId) {
      const key = keyOf(conversationId, personId);
      const last = latest.get(key);
      latest.delete(key);
      return last?.isTyping === true && now() - last.at < TYPING_MS;
    },
  };
}
