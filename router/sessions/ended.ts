// The sessions that have ended before their access tokens have, as far as this router was told: it
// refuses their tokens and ends their streams. Forgotten once the tokens have ended by themselves.
import type { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { fail } from "#kit/errors";
import type { EndedSession } from "#kit/facts/ended-sessions";
import { runAt } from "#kit/live/endings";
import type { Log } from "#kit/service/logger";
import type { Identity } from "#kit/trust/identity";

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

/** Who waits for the end of a token or its session. */
interface Waiter {
  readonly sessionId: string;
  readonly expiresAt: number;
  onOver(reason: GraphQLError): void;
}

/** Those whose tokens end at one moment. */
interface Moment {
  readonly waiters: Set<Waiter>;
  callOff(): void;
}

export function createEndedSessions(log: Log): EndedSessions {
  const ended = new LRUCache<string, true>({ max: KEPT_MAX, ttl: 1, perf: Date });
  const ofSessions = new Map<string, Set<Waiter>>();
  const moments = new Map<number, Moment>();

  function enter(waiter: Waiter): void {
    const { sessionId, expiresAt } = waiter;
    ofSessions.set(sessionId, (ofSessions.get(sessionId) ?? new Set()).add(waiter));
    const moment = moments.get(expiresAt) ?? createMoment(expiresAt);
    moments.set(expiresAt, moment);
    moment.waiters.add(waiter);
    // It may have ended since its token was judged. Whoever waits has to be in place first.
    if (ended.has(sessionId)) queueMicrotask(() => tellSession(sessionId));
  }

  function createMoment(time: number): Moment {
    const waiters = new Set<Waiter>();
    return { waiters, callOff: runAt(time, () => tell(waiters, tokenEnded)) };
  }

  function leave(waiter: Waiter): void {
    const { sessionId, expiresAt } = waiter;
    const ofSession = ofSessions.get(sessionId);
    if (ofSession?.delete(waiter) && ofSession.size === 0) ofSessions.delete(sessionId);
    const moment = moments.get(expiresAt);
    if (!moment?.waiters.delete(waiter) || moment.waiters.size > 0) return;
    moment.callOff();
    moments.delete(expiresAt);
  }

  function tell(waiters: Iterable<Waiter>, reasonOf: () => GraphQLError): void {
    for (const waiter of waiters) {
      leave(waiter);
      waiter.onOver(reasonOf());
    }
  }

  function tellSession(sessionId: string): void {
    tell(ofSessions.get(sessionId) ?? [], sessionEnded);
  }

  return {
    add({ sessionId, accessTokensEndBy }) {
      const leftMs = accessTokensEndBy.getTime() - Date.now();
      if (leftMs <= 0) return;
      if (ended.size >= KEPT_MAX) ended.purgeStale();
      if (ended.size >= KEPT_MAX) log.warn({ KEPT_MAX }, "ended sessions are forgotten too early");
      ended.set(sessionId, true, { ttl: leftMs });
      tellSession(sessionId);
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
