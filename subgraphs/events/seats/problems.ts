// Refusals that several features of registrations answer, as the SDL declares them.
import type { StoredRegistration } from "./registrations/store.ts";
import type { Full } from "./types.ts";

export function eventFull({ ticketType, capacity, seatsLeft }: Omit<Full, "kind">) {
  const reason = ticketType
    ? "There are not enough seats of this ticket type, and this event has no waitlist."
    : "All seats are taken, and this event has no waitlist.";
  return { __typename: "EventFullProblem", reason, ticketType, capacity, seatsLeft } as const;
}

/** Says nothing of hidden types. */
export function typeNeeded({ areOpen }: { readonly areOpen: boolean }) {
  const reason = areOpen
    ? "Choose one of the event's ticket types."
    : "The event has no such ticket type.";
  return { __typename: "TicketTypeNeededProblem", reason } as const;
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
        ? `A party of ${partySize} is larger than the seats that there are: ${capacity}.`
        : `A party of ${partySize} is larger than this event admits: at most ${partySizeMax}.`,
    capacity,
    partySizeMax,
  } as const;
}
