// Refusals that several features of registrations answer, as the SDL declares them.
import type { StoredRegistration } from "./registrations/store.ts";

export function eventFull({ capacity, seatsLeft }: { capacity: number; seatsLeft: number }) {
  const reason = "All seats are taken, and this event has no waitlist.";
  return { __typename: "EventFullProblem", reason, capacity, seatsLeft } as const;
}

export function wrongStatus(status: StoredRegistration["status"]) {
  return {
    __typename: "RegistrationStatusProblem",
    reason: "The status of the registration does not allow this.",
    status,
  } as const;
}

interface Limits {
  readonly capacity: number;
  readonly partySizeMax: number;
}

export function partyTooLarge(partySize: number, { capacity, partySizeMax }: Limits) {
  return {
    __typename: "PartyTooLargeProblem",
    reason:
      partySize > capacity
        ? `A party of ${partySize} is larger than the event.`
        : `A party of ${partySize} is larger than this event admits: at most ${partySizeMax}.`,
    capacity,
    partySizeMax,
  } as const;
}
