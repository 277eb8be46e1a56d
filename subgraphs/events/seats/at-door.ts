// Seats of people who come without a registration: whether there are any for them, and how they are
// taken and given back. The caller holds the lock of the event's stream.
import type { Transaction } from "../database.ts";
import type { EventRow } from "../planning/events/store.ts";
import { freeSeats, setAsideBy, sharedSeats } from "../seating.ts";
import { type Seating, typeIn } from "./moves.ts";
import type { StoredRegistration } from "./registrations/store.ts";
import { moveCounters } from "./store.ts";
import { typesOf } from "./sweep.ts";
import { type Full, fullOf } from "./types.ts";

/** People who come together. */
export type Party = Pick<StoredRegistration, "partySize" | "ticketTypeId">;

/** The seats of an event and its types while people come. */
export interface SeatsAtDoor {
  readonly seating: Seating;
  /** Whether the event has the type of a party; true for a party without one. */
  has(party: Party): boolean;
  /** The type or the event that has too few seats for a party; null when it fits. */
  fullFor(party: Party): Full | null;
  /** The seats after these parties have come. */
  plus(parties: readonly Party[]): SeatsAtDoor;
  /** The seats after these parties were taken back. */
  minus(parties: readonly Party[]): SeatsAtDoor;
}

export async function readSeats(tx: Transaction, event: EventRow): Promise<SeatsAtDoor> {
  return seatsOf({ event, types: await typesOf(tx, event) });
}

function seatsOf(seating: Seating): SeatsAtDoor {
  const { event, types } = seating;
  return {
    seating,
    has: (party) => party.ticketTypeId === null || typeIn(types, party) !== null,
    fullFor(party) {
      const isFree = party.partySize <= freeSeats(event, typeIn(types, party));
      return isFree ? null : fullOf(seating, party);
    },
    plus: (parties) => seatsOf(moved(seating, parties, 1)),
    minus: (parties) => seatsOf(moved(seating, parties, -1)),
  };
}

function moved({ event, types }: Seating, parties: readonly Party[], sign: 1 | -1): Seating {
  const counted = (some: readonly Party[]) =>
    sign * some.reduce((sum, { partySize }) => sum + partySize, 0);
  const changed = types.map((type) => {
    const own = parties.filter(({ ticketTypeId }) => ticketTypeId === type.id);
    return { ...type, seatsTaken: type.seatsTaken + counted(own) };
  });
  const seatsTaken = event.seatsTaken + counted(parties);
  const seatsCheckedIn = event.seatsCheckedIn + counted(parties);
  const seatsSetAside = setAsideBy(changed);
  return { event: { ...event, seatsTaken, seatsCheckedIn, seatsSetAside }, types: changed };
}

/** Stores the seats, but for those that are checked in. Throws when some are not there. */
export async function storeSeats(
  tx: Transaction,
  { seating: before }: SeatsAtDoor,
  { seating: after }: SeatsAtDoor,
): Promise<void> {
  const givesShared = sharedSeats(after.event) < sharedSeats(before.event);
  await moveCounters(tx, before, after, givesShared);
}
