// Reads and retries what was given up: rows of `job`, and dead letters of integration events in
// subgraphs that consume some.
import type { Sql } from "#kit/data/database";
import { JOBS_CHANNEL } from "#kit/jobs/kinds";

export interface FailedRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly reason: string;
  readonly attempts: number | null;
  readonly failedAt: Date;
  readonly isRetrying: boolean;
}

/** A place in the list, which is from the newest to the oldest. */
export interface FailedPosition {
  readonly failedAt: Date;
  readonly id: string;
}

/** The first of all. Infinity has no JSON, but a year that is far enough has. */
const NEWEST: FailedPosition = { failedAt: new Date("9999-01-01"), id: "" };

export async function readFailedJobs(
  db: Sql,
  after: FailedPosition | null,
  limit: number,
): Promise<FailedRow[]> {
  const { failedAt, id } = after ?? NEWEST;
  return db.$queryRaw<FailedRow[]>`/* jobs.failed.list */
    select * from (
      select 'job:' || id as id, kind, key, coalesce(error, '') as reason, attempts,
        finished_at as "failedAt", false as "isRetrying"
      from job where state = 'GIVEN_UP' and finished_at <= ${failedAt}::timestamptz
    ) as failed
    where ("failedAt", id collate "C") < (${failedAt}::timestamptz, ${id} collate "C")
    order by "failedAt" desc, id collate "C" desc limit ${limit}::int`;
}

/** Of the error only its first line. */
export async function readLetters(
  db: Sql,
  after: FailedPosition | null,
  limit: number,
): Promise<FailedRow[]> {
  const { failedAt, id } = after ?? NEWEST;
  return db.$queryRaw<FailedRow[]>`/* jobs.failed.letters */
    select * from (
      select 'event:' || id as id, topic as kind, key, split_part(error, E'\n', 1) as reason,
        null::int as attempts, created_at as "failedAt", requeued_at is not null as "isRetrying"
      from dead_letter
    ) as failed
    where ("failedAt", id collate "C") < (${failedAt}::timestamptz, ${id} collate "C")
    order by "failedAt" desc, id collate "C" desc limit ${limit}::int`;
}

/** Makes a job wait again with all its attempts. Null when it is not given up. */
export async function retryJob(db: Sql, id: string): Promise<FailedRow | null> {
  const [row] = await db.$queryRaw<FailedRow[]>`/* jobs.failed.retry */
    with old as (
      select id, attempts, finished_at from job
      where id = ${id}::uuid and state = 'GIVEN_UP' for update
    ), retried as (
      update job set state = 'WAITING', finished_at = null, attempts = 0, due_at = now()
      from old where job.id = old.id
      returning 'job:' || job.id as id, kind, key, coalesce(error, '') as reason,
        old.attempts as attempts, old.finished_at as "failedAt", true as "isRetrying"
    )
    select retried.*, pg_notify(${JOBS_CHANNEL}, '')::text as notified from retried`;
  return row ?? null;
}

/** Marks a dead letter; the consumer that runs tries it when it is idle. */
export async function retryLetter(db: Sql, id: string): Promise<FailedRow | null> {
  const [row] = await db.$queryRaw<FailedRow[]>`/* jobs.failed.retryLetter */
    update dead_letter set requeued_at = now() where id = ${id}::bigint
    returning 'event:' || id as id, topic as kind, key, split_part(error, E'\n', 1) as reason,
      null::int as attempts, created_at as "failedAt", true as "isRetrying"`;
  return row ?? null;
}
