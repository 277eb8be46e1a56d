// How many streams one person has open, over all their sockets, in this process. Nobody in person
// is bounded by their sockets alone.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";

export interface SubscriptionLimit {
  /** Takes a place for a stream; returns how to give it back, once, or null when none is left. */
  acquire(identity: Identity): (() => void) | null;
}

/** At most `most` places for each person. */
export function createSubscriptionLimit(most: number): SubscriptionLimit {
  const taken = new Map<string, number>();
  return {
    acquire(identity) {
      if (identity.kind !== "viewer") return () => {};
      const { id } = identity.viewer;
      const own = taken.get(id) ?? 0;
      if (own >= most) return null;
      taken.set(id, own + 1);
      return () => {
        const left = (taken.get(id) ?? 1) - 1;
        if (left > 0) taken.set(id, left);
        else taken.delete(id);
      };
    },
  };
}

export function tooManySubscriptions(most: number): GraphQLError {
  const message = `You have ${most} subscriptions open at once, over all your devices: end one.`;
  return fail("RATE_LIMITED", message);
}
