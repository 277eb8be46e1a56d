// Problems that features of the door have in common.
import type { ClosedDoor } from "./hours.ts";

export function checkInClosed({ opensAt, closesAt }: ClosedDoor) {
  const reason = opensAt
    ? "The door is open from 12 hours before the event until 6 hours after it."
    : "The event is not held: it is a draft, or cancelled.";
  return { __typename: "CheckInClosedProblem", reason, opensAt, closesAt } as const;
}
