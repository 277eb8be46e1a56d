// Jobs as their callers see them: a kind with the shape of its payload, and `enqueue`, which stores
// jobs in the transaction of their cause. It runs none: that is `runner.ts`, in a worker.
import { z } from "zod";
import type { Sql } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { activeTrace } from "#kit/telemetry/traced";

/** Jobs of a lower number are taken first. `urgent` is for what a person waits for. */
export const PRIORITIES = { urgent: 0, normal: 1, bulk: 2 } as const;
export type Priority = keyof typeof PRIORITIES;

/** A kind of work, and how often it is tried. */
export interface JobKind<Payload extends z.ZodType = z.ZodType> {
  /** For example `accounts.mail`. Unique in the subgraph, and stored: never rename it. */
  readonly name: string;
  /** The payload of a job. Stored as JSON, so it has no dates or functions. */
  readonly payload: Payload;
  readonly priority: Priority;
  /** How many attempts a job gets before it is given up. */
  readonly attemptsMax: number;
  /** The wait before the second attempt. The next ones double, up to an hour, with jitter. */
  readonly firstBackoffMs: number;
}

type Tries = Partial<Pick<JobKind, "priority" | "attemptsMax" | "firstBackoffMs">>;

/** Over about nine hours: as long as a mail server may be down over night. */
const ATTEMPTS_MAX = 20;
const FIRST_BACKOFF_MS = 1_000;

export function jobKind<Payload extends z.ZodType>(
  name: string,
  payload: Payload,
  tries: Tries = {},
): JobKind<Payload> {
  return {
    name,
    payload,
    priority: "normal",
    attemptsMax: ATTEMPTS_MAX,
    firstBackoffMs: FIRST_BACKOFF_MS,
    ...tries,
  };
}

export interface JobOptions {
  /**
   * The name of the job among those of its kind. A second job of the same name is the same job,
   * also for 30 days after it is done. At most 200 characters, none of them personal: admins see
   * it.
   */
  readonly key: string;
  /** It does not start before this instant. Default: at once. */
  readonly runAt?: Date;
  /** Default: the kind's. */
  readonly priority?: Priority;
  /**
   * Jobs with the same serial key run one after the other, whatever their kinds: in the order in
   * which they were enqueued, except that one whose time has not come lets others pass. That order
   * is certain if their transactions lock the same thing first.
   */
  readonly serialKey?: string;
}

/** A job that is not stored yet. */
export interface NewJob {
  readonly kind: string;
  readonly payload: unknown;
  readonly options: JobOptions & { readonly priority: Priority };
}

/** A job of a kind; throws when the payload does not have the kind's shape. */
export function jobOf<Payload extends z.ZodType>(
  kind: JobKind<Payload>,
  given: z.input<Payload>,
  options: JobOptions,
): NewJob {
  kind.payload.parse(given);
  jobKey.parse(options.key);
  return {
    kind: kind.name,
    payload: given,
    options: { ...options, priority: options.priority ?? kind.priority },
  };
}

const jobKey = z.string().min(1).max(200);

/** The LISTEN/NOTIFY channel that wakes workers. */
export const JOBS_CHANNEL = "jobs";

/**
 * Stores jobs; they run if the transaction commits. Returns how many are new. A job that another
 * transaction is enqueuing under the same key is waited for.
 */
export async function enqueue(tx: Sql, jobs: readonly NewJob[]): Promise<number> {
  if (jobs.length === 0) return 0;
  const rows = jobs.map(({ kind, payload, options }) => ({
    id: newId(),
    kind,
    key: options.key,
    payload,
    priority: PRIORITIES[options.priority],
    serialKey: options.serialKey ?? null,
    runAt: options.runAt?.toISOString() ?? null,
  }));
  const added = await tx.$queryRaw<{ count: number }[]>`/* jobs.enqueue */
    with added as (
      insert into job (id, kind, key, payload, priority, serial_key, run_at, due_at, created_at,
        trace)
      select id, kind, key, payload, priority, "serialKey", coalesce("runAt", now()),
        coalesce("runAt", now()), clock_timestamp(), ${activeTrace()}::text
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (id uuid, kind text,
        key text, payload jsonb, priority smallint, "serialKey" text, "runAt" timestamptz(3)))
        with ordinality
      order by ordinality
      on conflict (kind, key) do nothing
      returning id
    ), counted as (
      select count(*)::int as count from added
    )
    select count, case when count > 0 then pg_notify(${JOBS_CHANNEL}, '') end::text as notified
    from counted`;
  return added[0]?.count ?? 0;
}
