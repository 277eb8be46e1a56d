// Reads and writes suspensions. The reason is sealed by the key of the suspended person. A
// suspension that has ended stays, as history.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";
import type { Standing } from "../../generated/prisma/enums.ts";

export interface NewSuspension {
  readonly id: string;
  readonly personId: string;
  readonly sealedReason: string;
  readonly standingBefore: Standing;
  readonly suspendedBy: string;
  readonly suspendedAt: Date;
}

/** A suspension that lasts, with the wrapped key that opens its reason. */
export interface OpenSuspension extends Omit<NewSuspension, "id"> {
  readonly wrapped: Uint8Array;
}

/** A suspension as moderators read it. */
export interface SuspensionRow {
  readonly reason: string;
  readonly suspendedAt: Date;
  readonly suspendedBy: string;
}

export async function insertSuspension(tx: Transaction, suspension: NewSuspension): Promise<void> {
  await tx.suspension.create({ data: suspension });
}

/** The suspensions of people that last, in one statement. */
export async function findSuspensions(
  database: Database | Transaction,
  personIds: readonly string[],
): Promise<OpenSuspension[]> {
  return database.$queryRaw<OpenSuspension[]>`/* users.suspensions.find */
    select person_id as "personId", sealed_reason as "sealedReason",
      standing_before::text as "standingBefore", suspended_by as "suspendedBy",
      suspended_at as "suspendedAt", wrapped
    from suspension join person_key using (person_id)
    where person_id = any(${personIds}::uuid[]) and ended_at is null`;
}

/** Ends a person's suspension, and returns the standing that they had before it. */
export async function endSuspension(
  tx: Transaction,
  personId: string,
  endedBy: string,
  endedAt: Date,
): Promise<Standing | null> {
  const [ended] = await tx.$queryRaw<{ before: Standing }[]>`/* users.suspension.end */
    update suspension set ended_by = ${endedBy}::uuid, ended_at = ${endedAt}::timestamptz
    where person_id = ${personId}::uuid and ended_at is null
    returning standing_before::text as before`;
  return ended?.before ?? null;
}

/** A person on a page of suspended people, with the id of the suspension. */
export interface SuspendedRow {
  readonly id: string;
  readonly personId: string;
}

/** A page of suspended people and one more, the latest suspension first. */
export async function listSuspended(
  database: Database,
  page: Page<string>,
): Promise<SuspendedRow[]> {
  return database.suspension.findMany({
    where: { endedAt: null, ...(page.after && { id: { lt: page.after } }) },
    orderBy: { id: "desc" },
    take: page.limit + 1,
    select: { id: true, personId: true },
  });
}
