// Changes of registrations, and the arithmetic of an event's counters. Pure: no clock, no database.
import type { EventRow } from "../planning/events/store.ts";
import type { TicketTypeRow } from "../planning/ticket-types/store.ts";
import { seatsMax, setAsideBy } from "../seating.ts";
import { ENDED, SEATED, type StoredRegistration } from "./registrations/store.ts";

/** A registration before a change, null for a new one, and after it. */
export interface Move {
  readonly before: StoredRegistration | null;
  readonly after: StoredRegistration;
}

/** The counters of an event or a ticket type; or by how much they change. */
export type Counters = Pick<
  EventRow,
  "seatsTaken" | "seatsOffered" | "waitlistLength" | "pendingCount"
>;

/** An event and all its ticket types, with their counters. */
export interface Seating {
  readonly event: EventRow;
  readonly types: readonly TicketTypeRow[];
}

/** Orders a new registration behind all others. */
export const TAIL = Number.MAX_SAFE_INTEGER;

/** Whether a registration comes onto the list by this move, anew or by approval. */
export function isJoining({ before, after }: Move): boolean {
  return after.status === "WAITLISTED" && before?.status !== "WAITLISTED";
}

/** By how much these moves change the counters of their event. */
function tally(moves: readonly Move[]): Counters {
  const sum = { seatsTaken: 0, seatsOffered: 0, waitlistLength: 0, pendingCount: 0 };
  const count = ({ status, partySize }: StoredRegistration, sign: 1 | -1) => {
    if (SEATED.includes(status)) sum.seatsTaken += sign * partySize;
    if (status === "OFFERED") sum.seatsOffered += sign * partySize;
    if (status === "WAITLISTED") sum.waitlistLength += sign;
    if (status === "PENDING_APPROVAL") sum.pendingCount += sign;
  };
  for (const { before, after } of moves) {
    if (before) count(before, -1);
    count(after, 1);
  }
  return sum;
}

/** The event and its types after these moves. A registration keeps its type. */
export function afterMoves({ event, types }: Seating, moves: readonly Move[]): Seating {
  const changed = types.map((type) =>
    plus(type, tally(moves.filter(({ after }) => after.ticketTypeId === type.id))),
  );
  return {
    event: { ...plus(event, tally(moves)), seatsSetAside: setAsideBy(changed) },
    types: changed,
  };
}

function plus<Counted extends Counters>(counted: Counted, by: Counters): Counted {
  return {
    ...counted,
    seatsTaken: counted.seatsTaken + by.seatsTaken,
    seatsOffered: counted.seatsOffered + by.seatsOffered,
    waitlistLength: counted.waitlistLength + by.waitlistLength,
    pendingCount: counted.pendingCount + by.pendingCount,
  };
}

/** The type of a registration; null for one without. */
export function typeIn(
  types: readonly TicketTypeRow[],
  { ticketTypeId }: Pick<StoredRegistration, "ticketTypeId">,
): TicketTypeRow | null {
  return types.find(({ id }) => id === ticketTypeId) ?? null;
}

/** How many of the type, or without one, are on the waitlist. */
export function waitingFor({ event, types }: Seating, type: TicketTypeRow | null): number {
  if (type) return type.waitlistLength;
  return types.reduce((rest, each) => rest - each.waitlistLength, event.waitlistLength);
}

/** The largest party that can get seats of the type of a registration. */
export function seatsMaxOf({ event, types }: Seating, party: Party): number {
  return seatsMax(event, typeIn(types, party), types);
}

type Party = Pick<StoredRegistration, "ticketTypeId">;

/** Whether registrations of the event still change: it is neither over nor cancelled. */
export function isOpen(event: Pick<EventRow, "status" | "endsAt">, now: Date): boolean {
  return event.status !== "CANCELLED" && event.endsAt > now;
}

type Ends = Pick<EventRow, "startsAt" | "registrationClosesAt">;

/** The last moment for offers of the event: its start, or the close of its registration. */
export function offersEndAt({ startsAt, registrationClosesAt: closesAt }: Ends): Date {
  return closesAt && closesAt < startsAt ? closesAt : startsAt;
}

/** How those who wait get seats: at once, by an offer until `until`, or not any more. */
export type Giving =
  | { readonly kind: "atOnce" | "closed" }
  | { readonly kind: "offer"; readonly until: Date };

const MINUTE_MS = 60_000;

/** An offer outlives neither its minutes, nor the close of registration, nor the event's start. */
export function givingOf(event: Ends & Pick<EventRow, "offerMinutes">, now: Date): Giving {
  if (event.offerMinutes === null) return { kind: "atOnce" };
  const end = Math.min(
    now.getTime() + event.offerMinutes * MINUTE_MS,
    offersEndAt(event).getTime(),
  );
  return end > now.getTime() ? { kind: "offer", until: new Date(end) } : { kind: "closed" };
}

type Status = Pick<StoredRegistration, "status" | "cancelledBy" | "offerExpiresAt">;

/** A registration as it is at a time: an offer whose time is over has expired by itself. */
export function asOf<Row extends Status>(registration: Row, now: Date): Row {
  const { status, offerExpiresAt } = registration;
  if (status !== "OFFERED" || offerExpiresAt === null || offerExpiresAt > now) return registration;
  return { ...registration, status: "EXPIRED", cancelledBy: "SYSTEM" };
}

/** Whether a registration has ended. */
export function hasEnded({ status }: Pick<Status, "status">): boolean {
  return ENDED.includes(status);
}

/** Whether the organizer keeps a person from the event by this registration. */
export function isBarring({
  cancelledBy,
  isReadmitted,
}: Pick<StoredRegistration, "cancelledBy" | "isReadmitted">): boolean {
  return cancelledBy === "ORGANIZER" && !isReadmitted;
}
