// The table `erasure` of a subgraph, in its own Prisma schema: people whose accounts are erased.
// Rows stay, so that nothing of these people is stored again by a request or an event that is late.
import type { Sql } from "#kit/data/database";

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
export async function findErased(db: Sql, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`/* erasures.find */
    select user_id::text as id from erasure where user_id = any(${userIds}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
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
