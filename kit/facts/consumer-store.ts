// The stored state of a consumer: its offset in each source, and its dead letters. The tables
// `consumer_position` and `dead_letter` belong to the subgraph's own Prisma schema.
import type { Sql } from "#kit/data/database";
import type { Offset } from "#kit/facts/integration";
import type { Fact } from "#kit/facts/outbox";

/** The offset of the last event that was applied or given up; null before the first snapshot. */
export async function readOffset(db: Sql, source: string): Promise<Offset | null> {
  const rows = await db.$queryRaw<Offset[]>`/* consumer.position.read */
    select position::float8 as position, epoch from consumer_position where source = ${source}`;
  return rows[0] ?? null;
}

/**
 * Moves the offset and locks it until the transaction ends. False when another process has moved
 * it: that process has applied these effects already, so this transaction must not commit.
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

/** Starts behind a snapshot. An offset of the same epoch that is further ahead stays. */
export async function startAt(tx: Sql, source: string, at: Offset): Promise<void> {
  await tx.$executeRaw`/* consumer.position.begin */
    insert into consumer_position (source, position, epoch, changed_at)
    values (${source}, ${at.position}::bigint, ${at.epoch}::uuid, now())
    on conflict (source) do update set changed_at = now(), epoch = excluded.epoch,
      position = case when consumer_position.epoch = excluded.epoch
        then greatest(consumer_position.position, excluded.position)
        else excluded.position end`;
}

/** Stores a fact that could not be applied, for the operator. */
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

/** One dead letter that an operator requeued, locked against other processes. */
export async function takeRequeuedLetter(tx: Sql, source: string): Promise<DeadLetter | null> {
  const rows = await tx.$queryRaw<DeadLetter[]>`/* consumer.requeued.take */
    select id::text as id, topic, key, version, payload from dead_letter
    where source = ${source} and requeued_at is not null
    order by id limit 1 for update skip locked`;
  return rows[0] ?? null;
}

/** Deletes a dead letter that was applied. */
export async function deleteLetter(tx: Sql, id: string): Promise<void> {
  await tx.$executeRaw`/* consumer.letter.delete */
    delete from dead_letter where id = ${id}::bigint`;
}

/** Deletes all dead letters of a source: a snapshot replaces their facts. */
export async function deleteLetters(tx: Sql, source: string): Promise<void> {
  await tx.$executeRaw`/* consumer.letters.delete */
    delete from dead_letter where source = ${source}`;
}

/** Keeps a dead letter that failed again, until an operator requeues it once more. */
export async function markFailedAgain(tx: Sql, id: string, error: string): Promise<void> {
  await tx.$executeRaw`/* consumer.letter.keep */
    update dead_letter set requeued_at = null, error = ${error} where id = ${id}::bigint`;
}
