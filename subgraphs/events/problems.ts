// Refusals that several mutations about events have.
import { badInput } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import type { EventTimes, TimeMistake } from "./times.ts";

export function eventEnded(endedAt: Date) {
  return { __typename: "EventEndedProblem", reason: "The event is over.", endedAt } as const;
}

export function eventCancelled(cancelledAt: Date) {
  const reason = "The event is cancelled.";
  return { __typename: "EventCancelledProblem", reason, cancelledAt } as const;
}

type Closed =
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "eventCancelled"; readonly cancelledAt: Date };

/** For an event that changes no more. */
export function eventClosed(outcome: Closed) {
  return outcome.kind === "ended"
    ? eventEnded(outcome.endedAt)
    : eventCancelled(outcome.cancelledAt);
}

export const IDEMPOTENCY_CONFLICT = {
  __typename: "IdempotencyConflictProblem",
  reason: "This idempotency key was used for another request; choose a new one.",
} as const;

/** The error for times that do not make sense, which names each field and what it would be. */
export function badTimes(mistakes: readonly TimeMistake[], times: EventTimes) {
  const [first, ...rest] = mistakes.map(({ field, message }) => {
    const { text, received } = describeReceived(times[field], false);
    return { field: `input.${field}`, message: `${message}, got ${text}`, received };
  });
  return first ? badInput([first, ...rest]) : new Error("invalid without a mistake");
}
