// The ticket types of an event, for a request for seats: the type that it may name, how
// large a party may be, and what is full. Pure.
import { isOpenTo } from "../hidden-types.ts";
import type { TicketTypeRow } from "../planning/ticket-types/store.ts";
import { freeSeats, quotaLeft, seatsMax } from "../seating.ts";
import { type Seating, typeIn, waitingFor } from "./moves.ts";
import type { StoredRegistration } from "./registrations/store.ts";

interface Choice {
  readonly ticketTypeId: string | null;
  readonly ticketCode: string | null;
}

export type Chosen =
  | { readonly kind: "chosen"; readonly type: TicketTypeRow | null }
  | { readonly kind: "typeNeeded"; readonly areOpen: boolean };

/** The type that a request names. Hidden ones without their code are as unknown ones. */
export function chosenType(
  types: readonly TicketTypeRow[],
  { ticketTypeId, ticketCode }: Choice,
): Chosen {
  const areOpen = types.some(({ isHidden }) => !isHidden);
  if (ticketTypeId === null && !areOpen) return { kind: "chosen", type: null };
  const type = types.find(({ id }) => id === ticketTypeId);
  return type && isOpenTo(type, ticketCode)
    ? { kind: "chosen", type }
    : { kind: "typeNeeded", areOpen };
}

/** How large a party of a type may be. */
export function partyLimits({ event, types }: Seating, type: TicketTypeRow | null) {
  return {
    capacity: seatsMax(event, type, types),
    partySizeMax: Math.min(event.partySizeMax, type?.partySizeMax ?? event.partySizeMax),
  };
}

type Party = Pick<StoredRegistration, "partySize" | "ticketTypeId">;

export interface Full {
  readonly kind: "full";
  /** Null when the event itself is full. */
  readonly ticketType: TicketTypeRow | null;
  readonly capacity: number;
  readonly seatsLeft: number;
}

/** The type or the event that has too few seats for a party, with its numbers. */
export function fullOf({ event, types }: Seating, party: Party): Full {
  const type = typeIn(types, party);
  const isOfType = type !== null && (type.isReserved || quotaLeft(type) < party.partySize);
  return {
    kind: "full",
    ticketType: isOfType ? type : null,
    capacity: (isOfType ? type.quota : null) ?? event.capacity,
    seatsLeft: freeSeats(event, isOfType ? type : null),
  };
}

/**
 * How many registrations wait for the seats that a party of this type would take: those for the
 * same type, and, unless these seats are set aside, those for all types with some quota left.
 */
export function rivalsOf(seating: Seating, type: TicketTypeRow | null): number {
  const own = waitingFor(seating, type);
  if (type?.isReserved) return own;
  const others = [null, ...seating.types].filter(
    (each) => each?.id !== type?.id && !(each && (each.isReserved || quotaLeft(each) <= 0)),
  );
  return others.reduce((sum, each) => sum + waitingFor(seating, each), own);
}
