// The sessions that have ended before their access tokens have, as far as this router was told: it
// refuses their tokens and ends their streams. Forgotten once the tokens have ended by themselves.
import type { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import type { EndedSession } from "#kit/ended-sessions";
import { runAt } from "#kit/endings";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/identity";
import type { Log } from "#kit/log";

export interface EndedSessions {
  /** Refuses the session's tokens from now on, and ends what waits for its end. */
  add(ended: EndedSession): void;
  has(sessionId: string): boolean;
  /**
   * Calls `onOver` once, with the reason, when the viewer's token or session ends; soon if it has.
   * Returns how to call that off. Nobody else ends.
   */
  whenOver(identity: Identity, onOver: (reason: GraphQLError) => void): () => void;
}

/** More sessions than these end within the life of an access token only when somebody forces it. */
const KEPT_MAX = 100_000;

export function createEndedSessions(log: Log): EndedSessions {
  const ended = new LRUCache<string, true>({ max: KEPT_MAX, ttl: 1, perf: Date });
  const waiting = new Map<string, Set<() => void>>();

  function tellWaiting(sessionId: string): void {
    for (const tell of waiting.get(sessionId) ?? []) tell();
  }

  function whenSessionEnds(sessionId: string, onEnd: () => void): () => void {
    const ofSession = waiting.get(sessionId) ?? new Set();
    waiting.set(sessionId, ofSession.add(onEnd));
    // It may have ended since its token was judged. Whoever waits has to be in place first.
    if (ended.has(sessionId)) queueMicrotask(() => tellWaiting(sessionId));
    return () => {
      ofSession.delete(onEnd);
      if (ofSession.size === 0 && waiting.get(sessionId) === ofSession) waiting.delete(sessionId);
    };
  }

  return {
    add({ sessionId, accessTokensEndBy }) {
      const leftMs = accessTokensEndBy.getTime() - Date.now();
      if (leftMs <= 0) return;
      if (ended.size >= KEPT_MAX) ended.purgeStale();
      if (ended.size >= KEPT_MAX) log.warn({ KEPT_MAX }, "ended sessions are forgotten too early");
      ended.set(sessionId, true, { ttl: leftMs });
      tellWaiting(sessionId);
    },
    has: (sessionId) => ended.has(sessionId),
    whenOver(identity, onOver) {
      if (identity.kind !== "viewer") return () => {};
      const { sessionId, expiresAt } = identity.viewer;
      const over = (reason: GraphQLError) => {
        callOff();
        onOver(reason);
      };
      const noMore = whenSessionEnds(sessionId, () => over(sessionEnded()));
      const notThen = runAt(expiresAt, () => over(tokenEnded()));
      const callOff = () => {
        noMore();
        notThen();
      };
      return callOff;
    },
  };
}

export function sessionEnded(): GraphQLError {
  return fail("UNAUTHENTICATED", "The session has ended: sign in again.");
}

function tokenEnded(): GraphQLError {
  const message = "The session ended: refresh it and resume behind the last event you have.";
  return fail("UNAUTHENTICATED", message);
}
