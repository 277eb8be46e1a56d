// Reads the list of an event, and writes what a sweep has decided. Callers hold the lock of the
// event's stream.
import { invariant } from "#kit/invariant";
import type { Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { freeSeats, seatsMax } from "../seating.ts";
import { type Counters, type Seating, seatsMaxOf, typeIn } from "./moves.ts";
import { readOfClass } from "./passing.ts";
import type { StoredRegistration } from "./registrations/store.ts";

/** A party on the list, as far as it decides who gets seats. */
export type Party = Pick<
  StoredRegistration,
  "id" | "partySize" | "passes" | "requestedSeq" | "ticketTypeId"
>;

type Class = Omit<Party, "id" | "requestedSeq">;

/** The type in `registration_class_idx`: registrations without one have the event's id. */
const TYPE_KEY = Prisma.sql`coalesce(ticket_type_id, event_id)`;

/**
 * The waiting parties that decide who gets seats: the first of each class, by `readOfClass`. The
 * number of rows does not depend on how many wait: classes are a type, the size of a party and how
 * often it was passed, and each is found by one step in `registration_class_idx`.
 */
export async function readHead(
  tx: Transaction,
  seating: Seating,
  { without, givenMax }: { readonly without: readonly string[]; readonly givenMax: number },
): Promise<Party[]> {
  const { event, types } = seating;
  const waiting = Prisma.sql`from registration
    where event_id = ${event.id}::uuid and status = 'WAITLISTED'`;
  const found = await tx.$queryRaw<(Class & { typeKey: string })[]>`
    /* events.seats.classes */
    with recursive class as (
      (select ${TYPE_KEY} as type_key, party_size, passes ${waiting}
        order by ${TYPE_KEY}, party_size, passes limit 1)
      union all
      select next.* from class cross join lateral (
        select ${TYPE_KEY} as type_key, party_size, passes ${waiting}
          and (${TYPE_KEY}, party_size, passes) > (class.type_key, class.party_size, class.passes)
        order by ${TYPE_KEY}, party_size, passes limit 1
      ) as next
    )
    select type_key::text as "typeKey", nullif(type_key, ${event.id}::uuid)::text as "ticketTypeId",
      party_size as "partySize", passes from class`;
  const classes = found.filter((each) => each.partySize <= seatsMaxOf(seating, each));
  if (classes.length === 0) return [];
  const limits = classes.map((each) =>
    readOfClass(each.partySize, freeSeats(event, typeIn(types, each)), givenMax),
  );
  return tx.$queryRaw<Party[]>`/* events.seats.head */
    select head.* from unnest(${classes.map(({ typeKey }) => typeKey)}::uuid[],
      ${classes.map(({ partySize }) => partySize)}::int[],
      ${classes.map(({ passes }) => passes)}::int[],
      ${limits}::int[]) as class(type_key, size, passed, read)
    cross join lateral (
      select id, party_size as "partySize", passes, requested_seq as "requestedSeq",
        ticket_type_id as "ticketTypeId" ${waiting}
        and ${TYPE_KEY} = class.type_key and party_size = class.size and passes = class.passed
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
 * larger than what there is of their type, or no longer, and offers that would outlive
 * `offersEndAt`.
 */
export async function findAffected(
  tx: Transaction,
  { event, types }: Seating,
  offersEndAt: Date,
  limit: number,
): Promise<StoredRegistration[]> {
  const sized = [null, ...types].flatMap((type) => {
    const max = seatsMax(event, type, types);
    const waiting = { ticketTypeId: type?.id ?? null, status: "WAITLISTED" } as const;
    return [
      { ...waiting, isTooLarge: false, partySize: { gt: max } },
      { ...waiting, isTooLarge: true, partySize: { lte: max } },
    ];
  });
  return tx.registration.findMany({
    where: {
      eventId: event.id,
      OR: [...sized, { status: "OFFERED", offerExpiresAt: { gt: offersEndAt } }],
    },
    orderBy: { requestedSeq: "asc" },
    take: limit,
  });
}

/**
 * Changes the counters of an event and of its types, each by one conditional update that gives no
 * seats that are not there. `givesShared` is false when no seats are given but those that reserved
 * types keep. The event comes first: the guard of a type reads it.
 */
export async function moveCounters(
  tx: Transaction,
  before: Seating,
  after: Seating,
  givesShared: boolean,
): Promise<void> {
  const eventId = before.event.id;
  const by = difference(before.event, after.event);
  const setAside = after.event.seatsSetAside - before.event.seatsSetAside;
  const seats = by.seatsTaken + by.seatsOffered + setAside;
  if (hasMoved(by) || setAside !== 0) {
    const moved = await tx.$executeRaw`/* events.seats.move */
      update event set seats_taken = seats_taken + ${by.seatsTaken}::int,
        seats_offered = seats_offered + ${by.seatsOffered}::int,
        seats_set_aside = seats_set_aside + ${setAside}::int,
        waitlist_length = waitlist_length + ${by.waitlistLength}::int,
        pending_count = pending_count + ${by.pendingCount}::int
      where id = ${eventId}::uuid and (not ${givesShared}
        or seats_taken + seats_offered + seats_set_aside + ${seats}::int <= capacity)`;
    invariant(moved === 1, "seats were promised that are not there", { eventId });
  }
  const types = before.types.flatMap((type, at) => {
    const counted = difference(type, after.types[at] ?? type);
    return hasMoved(counted) ? [{ id: type.id, ...counted }] : [];
  });
  if (types.length > 0) await moveTypeCounters(tx, eventId, types);
}

async function moveTypeCounters(
  tx: Transaction,
  eventId: string,
  types: readonly (Counters & { readonly id: string })[],
): Promise<void> {
  const moved = await tx.$executeRaw`/* events.seats.moveTypes */
    update ticket_type as type set seats_taken = type.seats_taken + by."seatsTaken",
      seats_offered = type.seats_offered + by."seatsOffered",
      waitlist_length = type.waitlist_length + by."waitlistLength",
      pending_count = type.pending_count + by."pendingCount"
    from jsonb_to_recordset(${JSON.stringify(types)}::jsonb) as by(id uuid, "seatsTaken" int,
      "seatsOffered" int, "waitlistLength" int, "pendingCount" int)
    where type.id = by.id and (type.quota is null or by."seatsTaken" + by."seatsOffered" <= 0
      or type.seats_taken + type.seats_offered + by."seatsTaken" + by."seatsOffered" <= type.quota)`;
  invariant(moved === types.length, "seats of a type were promised that are not there", {
    eventId,
  });
}

function difference(before: Counters, after: Counters): Counters {
  return {
    seatsTaken: after.seatsTaken - before.seatsTaken,
    seatsOffered: after.seatsOffered - before.seatsOffered,
    waitlistLength: after.waitlistLength - before.waitlistLength,
    pendingCount: after.pendingCount - before.pendingCount,
  };
}

function hasMoved(by: Counters): boolean {
  return Object.values(by).some((each) => each !== 0);
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

/** How parties of one type and size were passed. */
export interface CountedPasses {
  readonly ticketTypeId: string | null;
  readonly partySize: number;
  /** By a party with this seq: those ahead of it that are also ahead of `until`. */
  readonly passes: readonly { readonly seq: number; readonly until: number }[];
}

/**
 * Counts for each waiting party those from behind it that passed it. A party is counted up to the
 * event's `passes_max` and then passed no more: so each row is written at most that often.
 */
export async function countPasses(
  tx: Transaction,
  eventId: string,
  passed: readonly CountedPasses[],
): Promise<void> {
  const rows = passed.map(({ ticketTypeId, partySize, passes }) => ({
    typeKey: ticketTypeId ?? eventId,
    partySize,
    before: passes.map(({ seq, until }) => Math.min(seq, until)),
    last: Math.max(...passes.map(({ seq, until }) => Math.min(seq, until))),
  }));
  await tx.$executeRaw`/* events.seats.passes */
    update registration set passes = passes + (
      select count(*)::int from unnest(passed.before) as given(seq)
      where given.seq > requested_seq)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as passed("typeKey" uuid,
      "partySize" int, before int[], last int)
    where event_id = ${eventId}::uuid and status = 'WAITLISTED' and ${TYPE_KEY} = passed."typeKey"
      and party_size = passed."partySize" and requested_seq < passed.last`;
}
