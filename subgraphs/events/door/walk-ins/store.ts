// Reads and writes walk-ins.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";
import { Prisma, type WalkIn } from "../../generated/prisma/client.ts";

export type WalkInRow = WalkIn;

export async function findByNonces(
  tx: Transaction,
  eventId: string,
  nonces: readonly string[],
): Promise<WalkInRow[]> {
  return tx.walkIn.findMany({ where: { eventId, nonce: { in: [...nonces] } } });
}

export async function findWalkIn(
  database: Database | Transaction,
  id: string,
): Promise<WalkInRow | null> {
  return database.walkIn.findUnique({ where: { id } });
}

export async function insertWalkIns(tx: Transaction, rows: readonly WalkInRow[]): Promise<void> {
  await tx.walkIn.createMany({ data: [...rows] });
}

export async function undoWalkIn(
  tx: Transaction,
  id: string,
  undoneBy: string,
  undoneAt: Date,
): Promise<WalkInRow> {
  return tx.walkIn.update({ where: { id }, data: { undoneAt, undoneBy } });
}

/** A page of walk-ins and one more, for each event, latest first, in one statement. */
export async function listWalkIns(
  database: Database,
  eventIds: readonly string[],
  page: Page<string>,
): Promise<WalkInRow[]> {
  const behind = page.after ? Prisma.sql`and id < ${page.after}::uuid` : Prisma.empty;
  return database.$queryRaw<WalkInRow[]>`/* events.walkIns.list */
    select listed.id, listed.event_id as "eventId", listed.party_size as "partySize",
      listed.label, listed.nonce, listed.entered_at as "enteredAt",
      listed.recorded_at as "recordedAt", listed.gate, listed.ticket_type_id as "ticketTypeId",
      listed.by, listed.undone_at as "undoneAt", listed.undone_by as "undoneBy"
    from unnest(${eventIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from walk_in where event_id = wanted.id ${behind}
      order by id desc limit ${page.limit + 1}::int
    ) as listed
    order by listed.event_id, listed.id desc`;
}

/** Empties labels of events that ended before; returns how many. */
export async function emptyLabels(
  database: Database,
  endedBefore: Date,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* events.walkIns.labels */
    update walk_in set label = '' where id in (
      select walk_in.id from walk_in join event on event.id = walk_in.event_id
      where label <> '' and ends_at < ${endedBefore} limit ${limit}::int
    )`;
}
