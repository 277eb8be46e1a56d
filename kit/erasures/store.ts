// The table `erasure` of a subgraph, in its own Prisma schema: people whose accounts are erased.
// Rows stay, so that nothing of these people is stored again by a request or an event that is late.
import type { Sql } from "#kit/data/database";
import { signInFirst } from "#kit/errors";
import { deleteEmptyStreams } from "#kit/live/streams";

/** An account that is erased, and the erasure, of which an account may have several. */
export interface ErasedAccount {
  readonly userId: string;
  readonly erasureId: string;
}

/** A later erasure of the same person, after a restored backup, replaces the earlier one. */
export async function recordErasure(tx: Sql, { userId, erasureId }: ErasedAccount): Promise<void> {
  await tx.$executeRaw`/* erasures.record */
    insert into erasure (user_id, erasure_id, told_at)
    values (${userId}::uuid, ${erasureId}::uuid, now())
    on conflict (user_id) do update
      set erasure_id = excluded.erasure_id, told_at = excluded.told_at, done_at = null
      where erasure.erasure_id <> excluded.erasure_id`;
}

/** Nothing of the person is left here. */
export async function markErased(tx: Sql, userId: string): Promise<void> {
  await tx.$executeRaw`/* erasures.done */
    update erasure set done_at = now() where user_id = ${userId}::uuid`;
}

/**
 * Those of the people whose accounts are erased. A writer asks behind the lock that the last batch
 * of an erasure takes too.
 */
async function findErased(db: Sql, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`/* erasures.find */
    select user_id::text as id from erasure where user_id = any(${userIds}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * Lets a person write until the end of the transaction; the last batch of an erasure waits for it.
 * Refuses a person whose account is erased: their tokens are valid for some minutes more.
 */
export async function admitWriter(tx: Sql, personId: string): Promise<void> {
  await tx.$queryRaw`/* erasures.writers.admit */
    select pg_advisory_xact_lock_shared(hashtextextended('erasure:' || ${personId}::text, 0))::text`;
  await refuseErased(tx, personId);
}

/**
 * Does the same, and locks a stream by the same statement. False when the stream does not exist;
 * then the caller must write nothing.
 */
export async function admitWriterOf(tx: Sql, streamId: string, personId: string): Promise<boolean> {
  const locked = await tx.$queryRaw<object[]>`/* erasures.writers.admitAndLock */
    with admitted as materialized (
      select pg_advisory_xact_lock_shared(hashtextextended('erasure:' || ${personId}::text, 0))
    )
    select stream.id from admitted cross join stream where stream.id = ${streamId}
    for no key update of stream`;
  await refuseErased(tx, personId);
  return locked.length > 0;
}

/** Not in the statement that locks: its snapshot is older than its wait. */
async function refuseErased(tx: Sql, personId: string): Promise<void> {
  const erased = await findErased(tx, [personId]);
  if (erased.size > 0) throw signInFirst();
}

/** Waits until nobody writes as the person; those who are admitted later see the erasure. */
export async function waitForWriters(tx: Sql, personId: string): Promise<void> {
  await tx.$queryRaw`/* erasures.writers.wait */
    select pg_advisory_xact_lock(hashtextextended('erasure:' || ${personId}::text, 0))::text`;
}

/**
 * Like {@link findErased}, for people whose streams the caller has just opened: those that it made
 * again for erased people are deleted. Refuses an erased writer.
 */
export async function findErasedOpened(
  tx: Sql,
  userIds: readonly string[],
  streamOf: (userId: string) => string,
  writerId?: string,
): Promise<Set<string>> {
  const erased = await findErased(tx, userIds);
  if (writerId !== undefined && erased.has(writerId)) throw signInFirst();
  if (erased.size > 0) await deleteEmptyStreams(tx, [...erased].map(streamOf));
  return erased;
}

/** Deletes dead letters that name the person; those of erasures stay for the operator. */
export async function forgetLetters(tx: Sql, userId: string): Promise<void> {
  await tx.$executeRaw`/* erasures.letters.forget */
    delete from dead_letter
    where topic not like '%.account.erased.v_'
      and (position(${userId}::text in key) > 0 or position(${userId}::text in payload::text) > 0)`;
}

/** Deletes jobs that name the person, except those of one kind: the one that runs is of it. */
export async function forgetJobs(tx: Sql, userId: string, exceptKind: string): Promise<void> {
  await tx.$executeRaw`/* erasures.jobs.forget */
    delete from job
    where kind <> ${exceptKind} and key <> 'recurring'
      and (position(${userId}::text in key) > 0 or position(${userId}::text in payload::text) > 0)`;
}

/** The erasures that this subgraph has done, behind a person's id, in their order. */
export async function listDone(
  db: Sql,
  after: string | null,
  limit: number,
): Promise<ErasedAccount[]> {
  return db.$queryRaw<ErasedAccount[]>`/* erasures.list */
    select user_id::text as "userId", erasure_id::text as "erasureId" from erasure
    where done_at is not null
      and user_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
    order by user_id limit ${limit}::int`;
}
