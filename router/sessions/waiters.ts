// The streams and sockets that end with an access token: when it expires, and when it is refused.
// issued-tokens.ts decides that it is refused.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import { runAt } from "#kit/live/endings";
import type { Viewer } from "#kit/trust/identity";

/** The reason for which a viewer's token is refused; null if it counts. */
export type RefusalOf = (viewer: Viewer) => GraphQLError | null;

export interface Waiters {
  /**
   * Calls `onOver` once, with the reason; in a microtask if the token is refused already. The
   * returned function cancels.
   */
  enter(viewer: Viewer, onOver: (reason: GraphQLError) => void): () => void;
  /** Notifies those of the person whose tokens are refused now. */
  notify(userId: string): void;
}

interface Waiter {
  readonly viewer: Viewer;
  onOver(reason: GraphQLError): void;
}

/** The waiters whose tokens expire at the same time; they share a timer. */
interface Expiry {
  readonly waiters: Set<Waiter>;
  cancel(): void;
}

export function createWaiters(refusalOf: RefusalOf): Waiters {
  const ofPeople = new Map<string, Set<Waiter>>();
  const expiries = new Map<number, Expiry>();

  function createExpiry(time: number): Expiry {
    const waiters = new Set<Waiter>();
    const expire = () => {
      for (const waiter of waiters) end(waiter, tokenEnded());
    };
    return { waiters, cancel: runAt(time, expire) };
  }

  function leave(waiter: Waiter): void {
    const { id, expiresAt } = waiter.viewer;
    const ofPerson = ofPeople.get(id);
    if (ofPerson?.delete(waiter) && ofPerson.size === 0) ofPeople.delete(id);
    const expiry = expiries.get(expiresAt);
    if (!expiry?.waiters.delete(waiter) || expiry.waiters.size > 0) return;
    expiry.cancel();
    expiries.delete(expiresAt);
  }

  function end(waiter: Waiter, reason: GraphQLError): void {
    leave(waiter);
    waiter.onOver(reason);
  }

  function notify(userId: string): void {
    for (const waiter of ofPeople.get(userId) ?? []) {
      const reason = refusalOf(waiter.viewer);
      if (reason) end(waiter, reason);
    }
  }

  return {
    enter(viewer, onOver) {
      const { id, expiresAt } = viewer;
      const waiter = { viewer, onOver };
      ofPeople.set(id, (ofPeople.get(id) ?? new Set()).add(waiter));
      const expiry = expiries.get(expiresAt) ?? createExpiry(expiresAt);
      expiries.set(expiresAt, expiry);
      expiry.waiters.add(waiter);
      // It may be refused since it was verified. The caller gets its `cancel` before.
      if (refusalOf(viewer)) queueMicrotask(() => notify(id));
      return () => leave(waiter);
    },
    notify,
  };
}

function tokenEnded(): GraphQLError {
  const message = "The session ended: refresh it and resume behind the last event you have.";
  return fail("UNAUTHENTICATED", message);
}
