// The sessions that ended before their access tokens expired: their tokens are refused and their
// streams end. A session is dropped when its tokens have expired. follow.ts adds the sessions.
import type { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { fail } from "#kit/errors";
import type { EndedSession } from "#kit/facts/ended-sessions";
import { runAt } from "#kit/live/endings";
import type { Log } from "#kit/service/logger";
import type { Identity } from "#kit/trust/identity";

export interface EndedSessions {
  /** Refuses the session's tokens from now on, and notifies its waiters. */
  add(ended: EndedSession): void;
  has(sessionId: string): boolean;
  /**
   * Calls `onOver` once, with the reason, when the viewer's token expires or session ends; in a
   * microtask if it has ended. The returned function cancels. Other identities never end.
   */
  whenOver(identity: Identity, onOver: (reason: GraphQLError) => void): () => void;
}

/** Only an attack ends more sessions within the lifetime of an access token. */
const KEPT_MAX = 100_000;

interface Waiter {
  readonly sessionId: string;
  readonly expiresAt: number;
  onOver(reason: GraphQLError): void;
}

/** The waiters whose tokens expire at the same time; they share a timer. */
interface Expiry {
  readonly waiters: Set<Waiter>;
  cancel(): void;
}

export function createEndedSessions(log: Log): EndedSessions {
  const ended = new LRUCache<string, true>({ max: KEPT_MAX, ttl: 1, perf: Date });
  const ofSessions = new Map<string, Set<Waiter>>();
  const expiries = new Map<number, Expiry>();

  function enter(waiter: Waiter): void {
    const { sessionId, expiresAt } = waiter;
    ofSessions.set(sessionId, (ofSessions.get(sessionId) ?? new Set()).add(waiter));
    const expiry = expiries.get(expiresAt) ?? createExpiry(expiresAt);
    expiries.set(expiresAt, expiry);
    expiry.waiters.add(waiter);
    // It may have ended since its token was verified. The caller gets its `cancel` before.
    if (ended.has(sessionId)) queueMicrotask(() => notifySession(sessionId));
  }

  function createExpiry(time: number): Expiry {
    const waiters = new Set<Waiter>();
    return { waiters, cancel: runAt(time, () => notify(waiters, tokenEnded)) };
  }

  function leave(waiter: Waiter): void {
    const { sessionId, expiresAt } = waiter;
    const ofSession = ofSessions.get(sessionId);
    if (ofSession?.delete(waiter) && ofSession.size === 0) ofSessions.delete(sessionId);
    const expiry = expiries.get(expiresAt);
    if (!expiry?.waiters.delete(waiter) || expiry.waiters.size > 0) return;
    expiry.cancel();
    expiries.delete(expiresAt);
  }

  function notify(waiters: Iterable<Waiter>, reasonOf: () => GraphQLError): void {
    for (const waiter of waiters) {
      leave(waiter);
      waiter.onOver(reasonOf());
    }
  }

  function notifySession(sessionId: string): void {
    notify(ofSessions.get(sessionId) ?? [], sessionEnded);
  }

  return {
    add({ sessionId, accessTokensEndBy }) {
      const leftMs = accessTokensEndBy.getTime() - Date.now();
      if (leftMs <= 0) return;
      if (ended.size >= KEPT_MAX) ended.purgeStale();
      if (ended.size >= KEPT_MAX) log.warn({ KEPT_MAX }, "ended sessions are dropped too early");
      ended.set(sessionId, true, { ttl: leftMs });
      notifySession(sessionId);
    },
    has: (sessionId) => ended.has(sessionId),
    whenOver(identity, onOver) {
      if (identity.kind !== "viewer") return () => {};
      const { sessionId, expiresAt } = identity.viewer;
      const waiter = { sessionId, expiresAt, onOver };
      enter(waiter);
      return () => leave(waiter);
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
