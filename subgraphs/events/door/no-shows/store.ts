// Finds events whose no-shows are to be marked, and marks them.
import type { Database, Transaction } from "../../database.ts";
import type { Registration } from "../../generated/prisma/client.ts";

/** An event that ended before, at whose door somebody was let in; null when none is left. */
export async function findUnmarked(database: Database, endedBefore: Date): Promise<string | null> {
  const [found] = await database.$queryRaw<{ id: string }[]>`/* events.noShows.due */
    select id::text from event
    where seats_checked_in > 0 and no_shows_at is null and ends_at < ${endedBefore}
      and status = 'PUBLISHED'
      and exists (select from check_in where event_id = event.id and undone_at is null)
    order by ends_at limit 1`;
  return found?.id ?? null;
}

/** Registrations of an event that have seats, and of which nobody has come. */
export async function findAbsent(
  tx: Transaction,
  eventId: string,
  limit: number,
): Promise<Registration[]> {
  return tx.registration.findMany({
    where: { eventId, status: "CONFIRMED" },
    orderBy: { confirmedSeq: "asc" },
    take: limit,
  });
}

export async function markNoShows(
  tx: Transaction,
  registrationIds: readonly string[],
  seqs: readonly number[],
): Promise<void> {
  await tx.$executeRaw`/* events.noShows.mark */
    update registration set status = 'NO_SHOW', changed_seq = marked.seq
    from unnest(${registrationIds}::uuid[], ${seqs}::int[]) as marked(id, seq)
    where registration.id = marked.id`;
}

export async function setMarked(tx: Transaction, eventId: string, at: Date): Promise<void> {
  const data = { noShowsAt: at };
  await tx.event.update({ where: { id: eventId }, data, select: { id: true } });
}
