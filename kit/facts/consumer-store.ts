// What a consumer keeps beside its effects: its position in each source, and the events that could
// not be applied. The tables `consumer_position` and `dead_letter` belong to the subgraph's own
// Prisma schema.
import type { Sql } from "#kit/data/database";
import type { Offset } from "#kit/facts/integration";
import type { Fact } from "#kit/facts/outbox";

/** The place of the last event that was applied or buried; null before the first snapshot. */
export async function readOffset(db: Sql, source: string): Promise<Offset | null> {
  const rows = await db.$queryRaw<Offset[]>`/* consumer.position.read */
    select position::float8 as position, epoch from consumer_position where source = ${source}`;
  return rows[0] ?? null;
}

/**
 * Moves on, and locks the position until the transaction ends. False when another process has
 * moved it: then the effects of this transaction have happened already, and it must not commit.
 */
export async function moveOffset(
  tx: Sql,
  source: string,
  from: Offset,
  to: number,
): Promise<boolean> {
  const moved = await tx.$executeRaw`/* consumer.position.move */
    update consumer_position set position = ${to}::bigint, changed_at = now()
    where source = ${source} and position = ${from.position}::bigint
      and epoch is not distinct from ${from.epoch}::uuid`;
  return moved === 1;
}

/** Begins behind a snapshot; a position of the same epoch that is further already stays. */
export async function startAt(tx: Sql, source: string, at: Offset): Promise<void> {
  await tx.$executeRaw`/* consumer.position.begin */
    insert into consumer_position (source, position, epoch, changed_at)
    values (${source}, ${at.position}::bigint, ${at.epoch}::uuid, now())
    on conflict (source) do update set changed_at = now(), epoch = excluded.epoch,
      position = case when consumer_position.epoch = excluded.epoch
        then greatest(consumer_position.position, excluded.position)
        else excluded.position end`;
}

/** Keeps a fact that could not be applied, for whoever operates this. */
export async function insertDeadLetter(
  tx: Sql,
  source: string,
  position: number,
  fact: Fact,
  error: string,
): Promise<void> {
  const { topic, key, version } = fact;
  await tx.$executeRaw`/* consumer.insertDeadLetter */
    insert into dead_letter (source, position, topic, key, version, payload, error, created_at)
    values (${source}, ${position}::bigint, ${topic}, ${key}, ${version}::int,
      ${JSON.stringify(fact.payload)}::jsonb, ${error}, now())`;
}

export interface DeadLetter extends Fact {
  readonly id: string;
}

/** One event that somebody asked to try again, locked against other processes. */
export async function takeRequeuedLetter(tx: Sql, source: string): Promise<DeadLetter | null> {
  const rows = await tx.$queryRaw<DeadLetter[]>`/* consumer.requeued.take */
    select id::text as id, topic, key, version, payload from dead_letter
    where source = ${source} and requeued_at is not null
    order by id limit 1 for update skip locked`;
  return rows[0] ?? null;
}

/** It was applied at last. */
export async function deleteLetter(tx: Sql, id: string): Promise<void> {
  await tx.$executeRaw`/* consumer.letter.delete */
    delete from dead_letter where id = ${id}::bigint`;
}

/** What could not be applied is of no use any more. */
export async function deleteLetters(tx: Sql, source: string): Promise<void> {
  await tx.$executeRaw`/* consumer.letters.delete */
    delete from dead_letter where source = ${source}`;
}

/** It failed again, and waits for the next who asks. */
export async function markFailedAgain(tx: Sql, id: string, error: string): Promise<void> {
  await tx.$executeRaw`/* consumer.letter.keep */
    update dead_letter set requeued_at = null, error = ${error} where id = ${id}::bigint`;
}
