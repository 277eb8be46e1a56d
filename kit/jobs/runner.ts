// Runs the jobs of one database in this process: takes due ones, holds them by leases that it
// prolongs, and stores how each ended. Any number of processes may do so. A job whose process dies
// is taken by another one when its lease has run out.
import type { Sql } from "#kit/data/database";
import { pause } from "#kit/facts/integration";
import { type Attempts, createAttempts } from "#kit/jobs/attempts";
import { cleaning } from "#kit/jobs/cleaning";
import type { JobHandler, RecurringJob } from "#kit/jobs/handlers";
import type { JobMetrics } from "#kit/jobs/metrics";
import { type Claimed, claim, ensureRecurring, giveBack, msUntilDue, renew } from "#kit/jobs/store";
import { Bell, followWakeUps } from "#kit/jobs/wake-ups";
import type { Log } from "#kit/service/logger";

export interface RunnerOptions {
  readonly database: Sql;
  /** The same database, for the connection that listens for wake-ups. */
  readonly databaseUrl: string;
  readonly log: Log;
  readonly metrics: JobMetrics;
  readonly jobs: readonly JobHandler[];
  readonly recurring: readonly RecurringJob[];
  /** How many jobs run at once in this process. */
  readonly concurrency?: number;
  /** How long a dead process keeps a job. It is prolonged three times within this. */
  readonly leaseMs?: number;
  /** The longest delay of a job whose wake-up was lost. */
  readonly pollMs?: number;
  /** How long `stop` waits for running jobs before it gives them back. */
  readonly graceMs?: number;
}

export interface Runner {
  /** A readiness check: rejects while the last attempt to take jobs failed. */
  check(): Promise<void>;
  /** Takes no more jobs, waits for the running ones, and gives back what does not end. */
  stop(): Promise<void>;
}

const CONCURRENCY = 8;
const LEASE_MS = 30_000;
const POLL_MS = 1_000;
/** A service has ten seconds to stop. */
const GRACE_MS = 7_000;
const RENEWALS = 3;

interface Running {
  readonly job: Claimed;
  readonly hold: Hold;
  readonly ended: Promise<void>;
}

/** Aborts its signal when the lease has run out by this process's clock. */
interface Hold {
  readonly signal: AbortSignal;
  /** Prolongs it to a lease from an instant: the one before the statement that prolonged it. */
  extend(fromMs: number): void;
  lose(): void;
  end(): void;
}

interface State {
  readonly options: RunnerOptions;
  readonly attempts: Attempts;
  readonly bell: Bell;
  /** By lease: a job that was lost may come again while its first attempt still runs. */
  readonly running: Map<string, Running>;
  readonly stopping: AbortController;
  failure: unknown;
}

/** Starts to run jobs. */
export function startRunner(given: RunnerOptions): Runner {
  const options = { ...given, recurring: [...given.recurring, cleaning(given.database)] };
  const state: State = {
    options,
    attempts: createAttempts(options),
    bell: new Bell(),
    running: new Map(),
    stopping: new AbortController(),
    failure: null,
  };
  const stopped = new AbortController();
  const wakeUps = followWakeUps(options.databaseUrl, state.bell, options.log);
  const taking = takeJobs(state);
  const renewing = renewLeases(state, stopped.signal);
  return {
    async check() {
      if (state.failure) throw new Error("jobs cannot be taken", { cause: state.failure });
    },
    async stop() {
      state.stopping.abort();
      state.bell.ring();
      await Promise.all([wakeUps.stop(), taking]);
      await finishOrGiveBack(state);
      stopped.abort();
      await renewing;
    },
  };
}

async function takeJobs(state: State): Promise<void> {
  const { options, bell, stopping, attempts } = state;
  const { database, recurring, log, pollMs = POLL_MS } = options;
  let isPrepared = false;
  while (!stopping.signal.aborted) {
    let waitMs = pollMs;
    try {
      if (!isPrepared) await ensureRecurring(database, recurring);
      isPrepared = true;
      if (await takeSome(state)) continue;
      const dueMs = await msUntilDue(database, attempts.kinds);
      waitMs = Math.max(1, Math.min(pollMs, dueMs ?? pollMs));
      state.failure = null;
    } catch (error) {
      state.failure = error;
      log.warn({ err: error }, "jobs cannot be taken: trying again");
    }
    if (!stopping.signal.aborted) await bell.wait(waitMs);
  }
}

/** Waits for room and starts due jobs. False when none was due. */
async function takeSome({ options, ...state }: State): Promise<boolean> {
  const { attempts, running, bell, stopping } = state;
  const { database, concurrency = CONCURRENCY, leaseMs = LEASE_MS } = options;
  while (running.size >= concurrency && !stopping.signal.aborted) await bell.wait(leaseMs);
  if (stopping.signal.aborted) return false;
  const limit = concurrency - running.size;
  const fromMs = Date.now();
  const jobs = await claim(database, { kinds: attempts.kinds, limit, leaseMs });
  for (const job of jobs) {
    const hold = createHold(leaseMs);
    hold.extend(fromMs);
    const ended = attempts.attempt(job, hold.signal).finally(() => {
      hold.end();
      running.delete(job.lease);
      bell.ring();
    });
    running.set(job.lease, { job, hold, ended });
  }
  return jobs.length > 0;
}

function createHold(leaseMs: number): Hold {
  const lost = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: lost.signal,
    extend(fromMs) {
      clearTimeout(timer);
      timer = setTimeout(() => lost.abort(), fromMs + leaseMs - Date.now());
    },
    lose: () => lost.abort(),
    end: () => clearTimeout(timer),
  };
}

/** Prolongs the leases of what runs until `stopped` aborts. A job that was taken away is told. */
async function renewLeases({ options, running }: State, stopped: AbortSignal): Promise<void> {
  const { database, log, leaseMs = LEASE_MS } = options;
  for (;;) {
    await pause(leaseMs / RENEWALS, stopped);
    if (stopped.aborted) return;
    const held = [...running.values()];
    if (held.length === 0) continue;
    const fromMs = Date.now();
    try {
      const jobs = held.map(({ job }) => job);
      const leases = new Set(await renew(database, jobs, leaseMs));
      for (const { job, hold } of held) {
        if (!running.has(job.lease)) continue;
        if (leases.has(job.lease)) hold.extend(fromMs);
        else hold.lose();
      }
    } catch (error) {
      log.warn({ err: error, jobs: held.length }, "leases of jobs cannot be prolonged");
    }
  }
}

async function finishOrGiveBack({ options, running }: State): Promise<void> {
  const { database, log, graceMs = GRACE_MS } = options;
  const ended = Promise.all([...running.values()].map(({ ended }) => ended));
  const given = new AbortController();
  await Promise.race([ended, pause(graceMs, given.signal)]);
  given.abort();
  for (const { job, hold } of [...running.values()]) {
    hold.lose();
    await giveBack(database, job).catch((error: unknown) => {
      log.warn({ err: error, job: job.id, kind: job.kind }, "a job could not be given back");
    });
  }
}
