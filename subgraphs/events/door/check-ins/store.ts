// Reads and writes check-ins, and the seats of registrations whose people have come.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";
import { type CheckIn, Prisma } from "../../generated/prisma/client.ts";
import type { RegistrationStatus } from "../../generated/prisma/enums.ts";

export type CheckInRow = CheckIn;

/** The check-ins with one of these nonces, and all of these registrations that are not undone. */
export async function findKnown(
  tx: Transaction,
  eventId: string,
  nonces: readonly string[],
  registrationIds: readonly string[],
): Promise<CheckInRow[]> {
  return tx.checkIn.findMany({
    where: {
      OR: [
        { eventId, nonce: { in: [...nonces] } },
        { registrationId: { in: [...registrationIds] }, undoneAt: null },
      ],
    },
  });
}

/** A check-in by id; null for an unknown one. */
export async function findCheckIn(
  database: Database | Transaction,
  id: string,
): Promise<CheckInRow | null> {
  return database.checkIn.findUnique({ where: { id } });
}

/** Stores check-ins, after those that they precede have become conflicts. */
export async function insertCheckIns(
  tx: Transaction,
  checkIns: readonly CheckInRow[],
  conflictIds: readonly string[],
): Promise<void> {
  if (conflictIds.length > 0) await setConflicts(tx, conflictIds, true);
  if (checkIns.length > 0) await tx.checkIn.createMany({ data: [...checkIns] });
}

export async function setConflicts(
  tx: Transaction,
  ids: readonly string[],
  isConflict: boolean,
): Promise<void> {
  await tx.checkIn.updateMany({ where: { id: { in: [...ids] } }, data: { isConflict } });
}

export async function undo(
  tx: Transaction,
  id: string,
  undoneBy: string,
  undoneAt: Date,
): Promise<CheckInRow> {
  const data = { undoneAt, undoneBy, isConflict: false };
  return tx.checkIn.update({ where: { id }, data });
}

/** The seats of a registration whose people have come. */
export interface CheckedInSeats {
  readonly id: string;
  readonly status: RegistrationStatus;
  readonly checkedInSeats: readonly number[];
}

/** Stores who of registrations has come, with the seqs of the entries that tell it. */
export async function saveSeats(
  tx: Transaction,
  registrations: readonly CheckedInSeats[],
  seqs: readonly number[],
): Promise<void> {
  const rows = registrations.map(({ id, status, checkedInSeats }, at) => ({
    id,
    status,
    seats: checkedInSeats,
    seq: seqs[at] ?? 0,
  }));
  await tx.$executeRaw`/* events.checkIns.seats */
    update registration set status = come.status::registration_status,
      checked_in_seats = come.seats, changed_seq = come.seq
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as come(id uuid, status text, seats int[], seq int)
    where registration.id = come.id`;
}

export async function countCheckedIn(tx: Transaction, eventId: string, by: number): Promise<void> {
  if (by === 0) return;
  const data = { seatsCheckedIn: { increment: by } };
  await tx.event.update({ where: { id: eventId }, data, select: { id: true } });
}

/** Takes back the check-ins of registrations that have lost their seats. */
export async function undoAll(tx: Transaction, registrationIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`/* events.checkIns.undoAll */
    update check_in set undone_at = now(), is_conflict = false
    where registration_id = any(${registrationIds}::uuid[]) and undone_at is null`;
}

export interface CheckInListing {
  readonly eventIds: readonly string[];
  /** Only seats that more than one gate let in. */
  readonly isConflict: boolean;
}

/** A page of check-ins and one more, for each event, latest first, in one statement. */
export async function listCheckIns(
  database: Database,
  { eventIds, isConflict }: CheckInListing,
  page: Page<string>,
): Promise<CheckInRow[]> {
  const behind = page.after ? Prisma.sql`and id < ${page.after}::uuid` : Prisma.empty;
  const only = isConflict ? Prisma.sql`and undone_at is null and is_conflict` : Prisma.empty;
  return database.$queryRaw<CheckInRow[]>`/* events.checkIns.list */
    select listed.id, listed.event_id as "eventId", listed.registration_id as "registrationId",
      listed.seat, listed.nonce, listed.scanned_at as "scannedAt", listed.recorded_at as "recordedAt", listed.gate,
      listed.by, listed.undone_at as "undoneAt", listed.undone_by as "undoneBy",
      listed.is_conflict as "isConflict"
    from unnest(${eventIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from check_in where event_id = wanted.id ${only} ${behind}
      order by id desc limit ${page.limit + 1}::int
    ) as listed
    order by listed.event_id, listed.id desc`;
}

/** The check-ins of registrations that are not undone, earliest first. */
export async function findOfRegistrations(
  database: Database | Transaction,
  registrationIds: readonly string[],
): Promise<CheckInRow[]> {
  return database.checkIn.findMany({
    where: { registrationId: { in: [...registrationIds] }, undoneAt: null },
    orderBy: [{ scannedAt: "asc" }, { nonce: "asc" }],
  });
}
