// Reads and writes registrations and the seat counters of their events.

import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";
import { Prisma, type Registration } from "../../generated/prisma/client.ts";
import type { EventRow } from "../../planning/events/store.ts";
import type { EarlierRegistrations } from "./rules.ts";

/**
 * A registration; `waitlistPosition` and `note` are missing where they are read when they are asked
 * for.
 */
export type RegistrationRow = Omit<
  Registration,
  | "idempotencyKey"
  | "requestHash"
  | "requestedSeq"
  | "confirmedSeq"
  | "changedSeq"
  | "passes"
  | "note"
> & {
  readonly waitlistPosition?: number | null | undefined;
  readonly note?: string | null;
};

export type StoredRegistration = Registration;

/** The states of registrations that have ended: a person may have many of them for one event. */
export const ENDED: Registration["status"][] = ["CANCELLED", "DECLINED", "EXPIRED"];
/** The states that take seats for good. Together with `OFFERED`, they hold seats. */
export const SEATED: Registration["status"][] = ["CONFIRMED", "CHECKED_IN", "NO_SHOW"];

type Earlier = EarlierRegistrations<StoredRegistration>;

/** The update in one entry of a stream. */
export interface RegistrationUpdateRow {
  readonly seq: number;
  readonly prevSeq: number;
  readonly eventId: string;
  /** Null for a change of the event in its own stream. */
  readonly registration: RegistrationRow | null;
  readonly eventChanges: readonly ("TIME" | "PLACE" | "TIME_ZONE" | "ONLINE_LINK" | "CANCELLED")[];
}

/**
 * The person's registrations for this event that matter for a new one, and whether the organizer
 * bars them, or is gone.
 */
export async function findEarlier(
  tx: Transaction,
  event: Pick<EventRow, "id" | "organizerId">,
  attendeeId: string,
  idempotencyKey: string | null,
): Promise<Earlier> {
  const rows = await tx.registration.findMany({
    where: {
      eventId: event.id,
      attendeeId,
      OR: [
        { status: { notIn: ENDED } },
        { cancelledBy: "ORGANIZER", isReadmitted: false },
        ...(idempotencyKey === null ? [] : [{ idempotencyKey }]),
      ],
    },
  });
  const [bars] = await tx.$queryRaw<
    Pick<Earlier, "isBarred" | "isAbandoned">[]
  >`/* events.registrations.bars */
    select exists (
        select from block where blocker_id = ${event.organizerId}::uuid
          and blocked_id = ${attendeeId}::uuid and is_blocked
      ) or exists (select from erasure where user_id = ${attendeeId}::uuid) as "isBarred",
      exists (select from erasure where user_id = ${event.organizerId}::uuid) as "isAbandoned"`;
  const isRemoved = rows.some((row) => row.cancelledBy === "ORGANIZER" && !row.isReadmitted);
  return {
    active: rows.find((row) => !ENDED.includes(row.status)) ?? null,
    sameKey: rows.find((row) => idempotencyKey && row.idempotencyKey === idempotencyKey) ?? null,
    isBarred: isRemoved || (bars?.isBarred ?? false),
    isAbandoned: bars?.isAbandoned ?? false,
  };
}

export async function insertRegistration(
  tx: Transaction,
  registration: StoredRegistration,
): Promise<StoredRegistration> {
  return tx.registration.create({ data: registration });
}

export async function hideRegistration(
  tx: Transaction,
  registrationId: string,
  isHidden: boolean,
): Promise<StoredRegistration> {
  return tx.registration.update({ where: { id: registrationId }, data: { isHidden } });
}

/** Stores the seqs of the entries of changed registrations, in the same order. */
export async function markChanged(
  tx: Transaction,
  registrationIds: readonly string[],
  seqs: readonly number[],
): Promise<void> {
  await tx.$executeRaw`/* events.registration.changed */
    update registration set changed_seq = change.seq
    from unnest(${registrationIds}::uuid[], ${seqs}::int[]) as change(id, seq)
    where registration.id = change.id`;
}

/** Registrations behind an id, with cancelled ones, in the order of their ids. */
export async function listAllRegistrations(
  database: Database,
  after: string | null,
  limit: number,
): Promise<StoredRegistration[]> {
  return database.registration.findMany({
    ...(after && { where: { id: { gt: after } } }),
    orderBy: { id: "asc" },
    take: limit,
  });
}

export async function findRegistration(
  database: Database | Transaction,
  registrationId: string,
): Promise<StoredRegistration | null> {
  return database.registration.findUnique({ where: { id: registrationId } });
}

/** Registrations by id, in one statement. */
export async function findRegistrations(
  database: Database | Transaction,
  registrationIds: readonly string[],
): Promise<StoredRegistration[]> {
  return database.registration.findMany({ where: { id: { in: [...registrationIds] } } });
}

/** The latest registration of one person for each event, in one statement. */
export async function findLatestOf(
  database: Database,
  attendeeId: string,
  eventIds: readonly string[],
): Promise<StoredRegistration[]> {
  return database.registration.findMany({
    where: { attendeeId, eventId: { in: [...eventIds] } },
    orderBy: { requestedSeq: "desc" },
    distinct: ["eventId"],
  });
}

/**
 * The position of each waiting registration among those for the same event and ticket type, from 1,
 * in one statement.
 */
export async function waitlistPositions(
  database: Database | Transaction,
  registrationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ id: string; position: number }[]>`
    /* events.waitlist.positions */
    with last as (
      select event_id, max(requested_seq) as seq from registration
      where id = any(${registrationIds}::uuid[]) and status = 'WAITLISTED' group by event_id
    ), ranked as (
      select r.id, (row_number() over (partition by r.event_id, r.ticket_type_id
        order by r.requested_seq))::int as position
      from last join registration r on r.event_id = last.event_id and r.status = 'WAITLISTED'
        and r.requested_seq <= last.seq
    )
    select id, position from ranked where id = any(${registrationIds}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row.position]));
}

/** A page of registrations and one more, for each person, newest first, in one statement. */
export async function listRegistrations(
  database: Database,
  attendeeIds: readonly string[],
  page: Page<string>,
): Promise<StoredRegistration[]> {
  const behind = page.after ? Prisma.sql`and id < ${page.after}::uuid` : Prisma.empty;
  return database.$queryRaw<StoredRegistration[]>`/* events.registrations.list */
    select mine.id, mine.event_id as "eventId", mine.attendee_id as "attendeeId",
      mine.status::text as status, mine.party_size as "partySize",
      mine.cancelled_by::text as "cancelledBy", mine.is_hidden as "isHidden",
      mine.is_too_large as "isTooLarge",
      mine.offer_expires_at as "offerExpiresAt", mine.note, mine.is_readmitted as "isReadmitted",
      mine.ticket_version as "ticketVersion", mine.checked_in_seats as "checkedInSeats",
      mine.ticket_type_id as "ticketTypeId", mine.created_at as "createdAt"
    from unnest(${attendeeIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from registration where attendee_id = wanted.id ${behind}
      order by id desc limit ${page.limit + 1}::int
    ) as mine
    order by mine.attendee_id, mine.id desc`;
}
