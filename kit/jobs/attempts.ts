// One attempt of a job: runs its handler and stores how it ended. An outcome that cannot be stored
// is left to the lease, and the job runs again.
import { backoffMs } from "#kit/backoff";
import type { Sql } from "#kit/data/database";
import { JobFailure, reasonOf } from "#kit/jobs/failure";
import type { Job, JobHandler, RecurringJob } from "#kit/jobs/handlers";
import type { JobKind } from "#kit/jobs/kinds";
import type { JobMetrics, Outcome } from "#kit/jobs/metrics";
import { type Claimed, markDone, markDoneUntil, markFailed, markGivenUp } from "#kit/jobs/store";
import type { Log } from "#kit/service/logger";
import { newTraceId, readTraceparent } from "#kit/service/trace";
import { withSpan } from "#kit/telemetry/scope";
import { continueTrace, type Span } from "#kit/telemetry/spans";

const BACKOFF_MAX_MS = 3_600_000;
const JITTER = 0.2;
/** Traces are not looked at that long. */
const LATER_MS = 60_000;

interface AttemptsOptions {
  readonly database: Sql;
  readonly log: Log;
  readonly metrics: JobMetrics;
  readonly jobs: readonly JobHandler[];
  readonly recurring: readonly RecurringJob[];
}

export interface Attempts {
  /** The names of all kinds that this process can run. */
  readonly kinds: readonly string[];
  /** Runs a job that this process holds; never rejects. The signal aborts when it is lost. */
  attempt(job: Claimed, signal: AbortSignal): Promise<void>;
}

/** How to run a kind, and what to store when it ended. */
interface Runs {
  readonly tries: Pick<JobKind, "firstBackoffMs"> & { readonly attemptsMax: number };
  readonly backoffMaxMs: number;
  run(job: Job<unknown>): Promise<void>;
  /** False when the job is no longer held. */
  succeed(db: Sql, job: Claimed): Promise<boolean>;
}

export function createAttempts(options: AttemptsOptions): Attempts {
  const { jobs, recurring } = options;
  const runs = new Map<string, Runs>();
  for (const { kind, run } of jobs) {
    runs.set(kind.name, { tries: kind, backoffMaxMs: BACKOFF_MAX_MS, run, succeed: markDone });
  }
  for (const job of recurring) runs.set(job.name, recurringRuns(job));
  if (runs.size < jobs.length + recurring.length) {
    throw new Error("Two handlers have the same name of a job.");
  }
  return {
    kinds: [...runs.keys()],
    async attempt(job, signal) {
      const how = runs.get(job.kind);
      if (!how) return;
      const startedAt = performance.now();
      const span = beginJob(job);
      const run = () => attempt(options, how, job, signal);
      const outcome = await (span ? withSpan(span, run) : run()).catch((error: unknown) => {
        options.log.warn({ err: error, ...factsOf(job) }, "the end of a job could not be stored");
        return "lost" as const;
      });
      span?.end(outcome === "done" ? undefined : outcome);
      const seconds = (performance.now() - startedAt) / 1_000;
      options.metrics.ended(job.kind, outcome, seconds);
      options.log.debug({ ...factsOf(job), outcome, durationMs: seconds * 1_000 }, "a job ended");
    },
  };
}

/** Recurring work is never given up: it comes again in any case. */
function recurringRuns({ everyMs, run }: RecurringJob): Runs {
  return {
    tries: { attemptsMax: Number.POSITIVE_INFINITY, firstBackoffMs: 1_000 },
    backoffMaxMs: Math.min(everyMs, BACKOFF_MAX_MS),
    run: ({ signal }) => run(signal),
    succeed: (db, job) => markDoneUntil(db, job, everyMs),
  };
}

/**
 * Continues the trace of the job's cause. A job that runs much later has a trace of its own, with a
 * link to it.
 */
function beginJob({ kind, trace, ageMs, attempt: number }: Claimed): Span | null {
  const cause = readTraceparent(trace);
  if (!cause?.isSampled) return null;
  const options = { kind: "consumer", attributes: { "job.attempt": number } } as const;
  const place =
    ageMs > LATER_MS
      ? { traceId: newTraceId(), links: [cause] }
      : { traceId: cause.traceId, parent: cause };
  return continueTrace(`job ${kind}`, { ...options, ...place });
}

function factsOf({ id, kind, attempt }: Claimed) {
  return { job: id, kind, attempt };
}

async function attempt(
  { database, log }: AttemptsOptions,
  how: Runs,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<Outcome> {
  const { attemptsMax } = how.tries;
  if (claimed.attempt > attemptsMax) {
    const reason = `Its worker died during the last of ${attemptsMax} attempts.`;
    log.error(factsOf(claimed), "a job was given up: its worker died");
    return (await markGivenUp(database, claimed, reason)) ? "givenUp" : "lost";
  }
  try {
    let isDone = false;
    const { id, key, payload, attempt: number } = claimed;
    const done = async (tx: Sql) => {
      if (!(await how.succeed(tx, claimed))) throw new LeaseLost();
      isDone = true;
    };
    await how.run({ id, key, payload, attempt: number, signal, done });
    return isDone || (await how.succeed(database, claimed)) ? "done" : "lost";
  } catch (error) {
    if (error instanceof LeaseLost || signal.aborted) {
      log.warn({ err: error, ...factsOf(claimed) }, "a job was taken away while it ran");
      return "lost";
    }
    return fail(database, log, how, claimed, error);
  }
}

/** Another worker may have the job: its lease was not prolonged in time. */
class LeaseLost extends Error {}

/** Stores a failed attempt. */
async function fail(
  database: Sql,
  log: Log,
  { tries, backoffMaxMs }: Runs,
  job: Claimed,
  error: unknown,
): Promise<Outcome> {
  const known = error instanceof JobFailure ? error : null;
  const facts = { err: error, ...factsOf(job) };
  if (known?.isPermanent || job.attempt >= tries.attemptsMax) {
    log.error(facts, "a job was given up");
    return (await markGivenUp(database, job, reasonOf(error))) ? "givenUp" : "lost";
  }
  const backoff = { firstMs: tries.firstBackoffMs, maxMs: backoffMaxMs, jitter: JITTER };
  const waitMs = known?.retryAfterMs ?? backoffMs(job.attempt, backoff);
  log.warn({ ...facts, waitMs }, "a job failed and is tried again");
  return (await markFailed(database, job, reasonOf(error), waitMs)) ? "failed" : "lost";
}
