// The stored state of jobs. The table `job` belongs to each subgraph's own Prisma schema. A worker
// holds a job by a lease: a random id in the row, good until `due_at`. Every change of a job that
// runs names its lease, so that a worker which lost it changes nothing.
import type { Sql } from "#kit/data/database";
import { newId } from "#kit/data/id";

/** A job that this process holds. */
export interface Claimed {
  readonly id: string;
  readonly lease: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: unknown;
  /** Which attempt this is, from 1. One whose worker died counts. */
  readonly attempt: number;
  /** The trace of its cause, if it is sampled. */
  readonly trace: string | null;
  /** The time since it was enqueued. */
  readonly ageMs: number;
}

interface ClaimOptions {
  /** Others stay for workers that know them: of another release, for example. */
  readonly kinds: readonly string[];
  readonly limit: number;
  readonly leaseMs: number;
}

/**
 * Takes due jobs, urgent ones first: new ones, and those whose lease has run out. A job with a
 * serial key waits while another of the key is held, and behind earlier ones whose time has come. A
 * unique index on the key of held jobs says the same: two workers that decide at once about a job
 * that becomes due just then cannot both win. Then this throws, and the next try is right.
 */
export async function claim(db: Sql, { kinds, limit, leaseMs }: ClaimOptions): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`/* jobs.claim */
    with due as materialized (
      select found.id from (values (0), (1), (2)) as rank(priority)
      cross join lateral (
        select job.id from job
        where job.state = 'WAITING' and job.priority = rank.priority and job.due_at <= now()
          and job.kind = any(${kinds}::text[])
          and (job.serial_key is null or job.lease is not null or not exists (
            select from job as other
            where other.serial_key = job.serial_key and other.state = 'WAITING'
              and (other.lease is not null
                or (other.ordinal < job.ordinal and other.run_at <= now()))
          ))
        order by job.due_at, job.ordinal limit ${limit}::int
        for update of job skip locked
      ) as found
      limit ${limit}::int
    )
    update job set lease = gen_random_uuid(), attempts = attempts + 1,
      due_at = now() + ${leaseMs}::float8 * interval '1 millisecond'
    from due where job.id = due.id
    returning job.id, job.lease, job.kind, job.key, job.payload, job.attempts as attempt,
      job.trace, (extract(epoch from now() - job.created_at) * 1000)::float8 as "ageMs"`;
}

/** Milliseconds until the next job of these kinds is due; negative when one is, null for none. */
export async function msUntilDue(db: Sql, kinds: readonly string[]): Promise<number | null> {
  const [next] = await db.$queryRaw<{ ms: number | null }[]>`/* jobs.next */
    select extract(epoch from min(found.due_at) - now())::float8 * 1000 as ms
    from (values (0), (1), (2)) as rank(priority)
    cross join lateral (
      select due_at from job
      where state = 'WAITING' and job.priority = rank.priority and due_at > now()
        and kind = any(${kinds}::text[])
      order by due_at limit 1
    ) as found`;
  return next?.ms ?? null;
}

type Held = Pick<Claimed, "id" | "lease">;

/** Prolongs leases. Returns those that are still held. */
export async function renew(db: Sql, held: readonly Held[], leaseMs: number): Promise<string[]> {
  const ids = held.map(({ id }) => id);
  const leases = held.map(({ lease }) => lease);
  const rows = await db.$queryRaw<{ lease: string }[]>`/* jobs.renew */
    update job set due_at = now() + ${leaseMs}::float8 * interval '1 millisecond'
    from unnest(${ids}::uuid[], ${leases}::uuid[]) as held(id, lease)
    where job.id = held.id and job.lease = held.lease
    returning job.lease`;
  return rows.map(({ lease }) => lease);
}

/** False when the job is no longer held, here and in the functions below. */
export async function markDone(tx: Sql, { id, lease }: Held): Promise<boolean> {
  // The payload goes: it may name a person or hold a secret, and nobody needs it any more.
  const changed = await tx.$executeRaw`/* jobs.done */
    update job set state = 'DONE', finished_at = now(), lease = null, payload = null, error = null
    where id = ${id}::uuid and lease = ${lease}::uuid`;
  return changed === 1;
}

export async function markFailed(
  db: Sql,
  { id, lease }: Held,
  reason: string,
  waitMs: number,
): Promise<boolean> {
  const changed = await db.$executeRaw`/* jobs.failed */
    update job set lease = null, error = ${reason},
      due_at = now() + ${waitMs}::float8 * interval '1 millisecond'
    where id = ${id}::uuid and lease = ${lease}::uuid`;
  return changed === 1;
}

export async function markGivenUp(db: Sql, { id, lease }: Held, reason: string): Promise<boolean> {
  const changed = await db.$executeRaw`/* jobs.givenUp */
    update job set state = 'GIVEN_UP', finished_at = now(), lease = null, error = ${reason}
    where id = ${id}::uuid and lease = ${lease}::uuid`;
  return changed === 1;
}

/** Gives back a job that this process cannot finish: the attempt does not count. */
export async function giveBack(db: Sql, { id, lease }: Held): Promise<boolean> {
  const changed = await db.$executeRaw`/* jobs.giveBack */
    update job set lease = null, attempts = attempts - 1, due_at = now()
    where id = ${id}::uuid and lease = ${lease}::uuid`;
  return changed === 1;
}

/** Sets the next run of a recurring job. */
export async function markDoneUntil(
  db: Sql,
  { id, lease }: Held,
  waitMs: number,
): Promise<boolean> {
  const changed = await db.$executeRaw`/* jobs.recur */
    update job set lease = null, attempts = 0, error = null,
      due_at = now() + ${waitMs}::float8 * interval '1 millisecond',
      run_at = now() + ${waitMs}::float8 * interval '1 millisecond'
    where id = ${id}::uuid and lease = ${lease}::uuid`;
  return changed === 1;
}

/**
 * Makes the rows of recurring jobs. One that another release set for later is due by its period.
 */
export async function ensureRecurring(
  db: Sql,
  jobs: readonly { readonly name: string; readonly everyMs: number }[],
): Promise<void> {
  const names = jobs.map(({ name }) => name);
  const periods = jobs.map(({ everyMs }) => everyMs);
  const ids = jobs.map(() => newId());
  await db.$executeRaw`/* jobs.ensureRecurring */
    insert into job (id, kind, key, payload, priority, run_at, due_at, created_at)
    select id, name, 'recurring', '{}', 1, now(), now(), now()
    from unnest(${ids}::uuid[], ${names}::text[]) as t(id, name)
    on conflict (kind, key) do nothing`;
  await db.$executeRaw`/* jobs.advanceRecurring */
    update job set due_at = now() + period * interval '1 millisecond'
    from unnest(${names}::text[], ${periods}::float8[]) as t(name, period)
    where kind = name and key = 'recurring' and lease is null
      and due_at > now() + period * interval '1 millisecond'`;
}

/** Deletes finished jobs that are older. Returns how many; fewer than `limit` when none is left. */
export async function deleteFinished(
  db: Sql,
  keptMs: { readonly done: number; readonly givenUp: number },
  limit: number,
): Promise<number> {
  return db.$executeRaw`/* jobs.clean */
    delete from job where id in (
      select id from job
      where (state = 'DONE' and finished_at < now() - ${keptMs.done}::float8 * interval '1 millisecond')
        or (state = 'GIVEN_UP'
          and finished_at < now() - ${keptMs.givenUp}::float8 * interval '1 millisecond')
      limit ${limit}::int
    )`;
}

export interface KindCounts {
  readonly kind: string;
  readonly waiting: number;
  /** Due, and held by no worker. */
  readonly due: number;
  readonly secondsOverdue: number;
  readonly givenUp: number;
}

/** The jobs of each kind that are not done. */
export async function countJobs(db: Sql): Promise<KindCounts[]> {
  return db.$queryRaw<KindCounts[]>`/* jobs.count */
    select kind, count(*) filter (where state = 'WAITING')::float8 as waiting,
      count(*) filter (where state = 'WAITING' and due_at <= now())::float8 as due,
      coalesce(extract(epoch from now() - min(due_at)
        filter (where state = 'WAITING' and due_at <= now())), 0)::float8 as "secondsOverdue",
      count(*) filter (where state = 'GIVEN_UP')::float8 as "givenUp"
    from job where state <> 'DONE' group by kind`;
}
