// How many subscriptions one viewer has open in this process, over all their sockets. A client that
// is not signed in is limited only by the operations of its socket.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";

export interface SubscriptionLimit {
  /** Counts one more; returns how to release it, once, or null when the viewer has too many. */
  acquire(identity: Identity): (() => void) | null;
}

/** At most `max` subscriptions for each viewer. */
export function createSubscriptionLimit(max: number): SubscriptionLimit {
  const countByViewer = new Map<string, number>();
  return {
    acquire(identity) {
      if (identity.kind !== "viewer") return () => {};
      const { id } = identity.viewer;
      const count = countByViewer.get(id) ?? 0;
      if (count >= max) return null;
      countByViewer.set(id, count + 1);
      return () => {
        const left = (countByViewer.get(id) ?? 1) - 1;
        if (left > 0) countByViewer.set(id, left);
        else countByViewer.delete(id);
      };
    },
  };
}

export function tooManySubscriptions(max: number): GraphQLError {
  const message = `You have ${max} subscriptions open at once, over all your devices: end one.`;
  return fail("RATE_LIMITED", message);
}
