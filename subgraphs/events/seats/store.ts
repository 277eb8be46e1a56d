// Reads the list of an event, and writes what a sweep has decided. Callers hold the lock of the
// event's stream.
import { invariant } from "#kit/invariant";
import type { Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { EventRow } from "../planning/events/store.ts";
import { type Counters, freeSeats } from "./moves.ts";
import { readOfClass } from "./passing.ts";
import type { StoredRegistration } from "./registrations/store.ts";

/** A party on the list, as far as it decides who gets seats. */
export type Party = Pick<StoredRegistration, "id" | "partySize" | "passes" | "requestedSeq">;

/**
 * The waiting parties that decide who gets seats: the first of each class, by `readOfClass`. The
 * number of rows does not depend on how many wait: classes are pairs of a party's size and how
 * often it was passed, and each is found by one step in `registration_waiting_idx`.
 */
export async function readHead(
  tx: Transaction,
  event: EventRow,
  { without, givenMax }: { readonly without: readonly string[]; readonly givenMax: number },
): Promise<Party[]> {
  const seatsLeft = freeSeats(event);
  const waiting = Prisma.sql`from registration
    where event_id = ${event.id}::uuid and status = 'WAITLISTED'`;
  const classes = await tx.$queryRaw<{ partySize: number; passes: number }[]>`
    /* events.seats.classes */
    with recursive class as (
      (select party_size, passes ${waiting} order by party_size, passes limit 1)
      union all
      select next.party_size, next.passes from class cross join lateral (
        select party_size, passes ${waiting}
          and (party_size, passes) > (class.party_size, class.passes)
        order by party_size, passes limit 1
      ) as next
    )
    select party_size as "partySize", passes from class
    where party_size <= ${event.capacity}::int`;
  const sizes = classes.map(({ partySize }) => partySize);
  if (sizes.length === 0) return [];
  const limits = sizes.map((partySize) => readOfClass(partySize, seatsLeft, givenMax));
  return tx.$queryRaw<Party[]>`/* events.seats.head */
    select head.* from unnest(${sizes}::int[], ${classes.map(({ passes }) => passes)}::int[],
      ${limits}::int[]) as class(size, passed, read)
    cross join lateral (
      select id, party_size as "partySize", passes, requested_seq as "requestedSeq" ${waiting}
        and party_size = class.size and passes = class.passed
        and id <> all(${without}::uuid[])
      order by requested_seq limit class.read
    ) as head`;
}

/** The registrations of parties, in the order in which they joined the list. */
export async function findInOrder(
  tx: Transaction,
  parties: readonly Party[],
): Promise<StoredRegistration[]> {
  return tx.registration.findMany({
    where: { id: { in: parties.map(({ id }) => id) } },
    orderBy: { requestedSeq: "asc" },
  });
}

/** Offers whose time is over, up to `limit`. */
export async function findOverdue(
  tx: Transaction,
  eventId: string,
  now: Date,
  limit: number,
): Promise<StoredRegistration[]> {
  return tx.registration.findMany({
    where: { eventId, status: "OFFERED", offerExpiresAt: { lte: now } },
    orderBy: [{ offerExpiresAt: "asc" }, { requestedSeq: "asc" }],
    take: limit,
  });
}

/**
 * Registrations that a change of their event changes, up to `limit`: waiting parties that are now
 * larger than the event, or no longer, and offers that would outlive `offersEndAt`.
 */
export async function findAffected(
  tx: Transaction,
  event: Pick<EventRow, "id" | "capacity">,
  offersEndAt: Date,
  limit: number,
): Promise<StoredRegistration[]> {
  return tx.registration.findMany({
    where: {
      eventId: event.id,
      OR: [
        { status: "WAITLISTED", isTooLarge: false, partySize: { gt: event.capacity } },
        { status: "WAITLISTED", isTooLarge: true, partySize: { lte: event.capacity } },
        { status: "OFFERED", offerExpiresAt: { gt: offersEndAt } },
      ],
    },
    orderBy: { requestedSeq: "asc" },
    take: limit,
  });
}

/**
 * Changes the counters of an event by one conditional update, which fails when it would give seats
 * that are not there. `givesSeats` is false when seats only become free.
 */
export async function moveCounters(
  tx: Transaction,
  eventId: string,
  by: Counters,
  givesSeats: boolean,
): Promise<void> {
  const moved = await tx.$executeRaw`/* events.seats.move */
    update event set seats_taken = seats_taken + ${by.seatsTaken}::int,
      seats_offered = seats_offered + ${by.seatsOffered}::int,
      waitlist_length = waitlist_length + ${by.waitlistLength}::int,
      pending_count = pending_count + ${by.pendingCount}::int
    where id = ${eventId}::uuid and (not ${givesSeats}
      or seats_taken + seats_offered + ${by.seatsTaken + by.seatsOffered}::int <= capacity)`;
  invariant(moved === 1, "seats were promised that are not there", { eventId });
}

/** Stores the new states of registrations. */
export async function storeStates(
  tx: Transaction,
  registrations: readonly StoredRegistration[],
): Promise<void> {
  if (registrations.length === 0) return;
  await tx.$executeRaw`/* events.registrations.store */
    update registration set status = state.status::registration_status,
      party_size = state."partySize", cancelled_by = state."cancelledBy"::cancelled_by,
      confirmed_seq = state."confirmedSeq", changed_seq = state."changedSeq",
      passes = state.passes, is_too_large = state."isTooLarge",
      offer_expires_at = state."offerExpiresAt", note = state.note,
      is_readmitted = state."isReadmitted", checked_in_seats = state."checkedInSeats"
    from jsonb_to_recordset(${JSON.stringify(registrations)}::jsonb) as state(id uuid, status text,
      "partySize" int, "cancelledBy" text, "confirmedSeq" int, "changedSeq" int, passes int,
      "isTooLarge" boolean, "offerExpiresAt" timestamptz(3), note text, "isReadmitted" boolean,
      "checkedInSeats" int[])
    where registration.id = state.id`;
}

/**
 * Counts for each waiting party how many from behind it got seats. A party is counted up to the
 * event's `passes_max` and then passed no more: so each row is written at most that often.
 */
export async function countPasses(
  tx: Transaction,
  event: Pick<EventRow, "id" | "capacity">,
  givenSeqs: readonly number[],
): Promise<void> {
  await tx.$executeRaw`/* events.seats.passes */
    update registration set passes = passes + (
      select count(*)::int from unnest(${givenSeqs}::int[]) as given(seq)
      where given.seq > requested_seq)
    where event_id = ${event.id}::uuid and status = 'WAITLISTED'
      and party_size <= ${event.capacity}::int and requested_seq < ${Math.max(...givenSeqs)}::int`;
}
