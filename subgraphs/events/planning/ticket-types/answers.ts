// Refusals of ticket types that several mutations answer.
import { badInput } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import type { TypeMistake } from "./rules.ts";

export function nameTaken() {
  const reason = "Another ticket type of this event has this name.";
  return { __typename: "TicketTypeNameProblem", reason } as const;
}

interface SetAside {
  readonly capacity: number;
  readonly seatsSetAside: number;
}

export function tooManySetAside({ capacity, seatsSetAside }: SetAside) {
  return {
    __typename: "SeatsSetAsideProblem",
    reason: `The event has ${capacity} seats, and other ticket types set ${seatsSetAside} aside.`,
    capacity,
    seatsSetAside,
  } as const;
}

interface Given {
  readonly quota?: number | null | undefined;
  readonly code?: string | null | undefined;
}

/** The error for fields that do not fit each other, which names each and what arrived. */
export function invalidType(mistakes: readonly TypeMistake[], given: Given) {
  const [first, ...rest] = mistakes.map(({ field, message }) => {
    const { text, received } = describeReceived(given[field] ?? null, field === "code");
    return { field: `input.${field}`, message: `${message}, got ${text}`, received };
  });
  return first ? badInput([first, ...rest]) : new Error("invalid without a mistake");
}
