// The work of a worker: handlers of jobs, and work that recurs.
import type { z } from "zod";
import type { Sql } from "#kit/data/database";
import type { JobKind } from "#kit/jobs/kinds";

/** A job that runs. */
export interface Job<Payload> {
  readonly id: string;
  readonly key: string;
  readonly payload: Payload;
  /** From 1. */
  readonly attempt: number;
  /** Aborts when this process no longer holds the job: another one may be running it. */
  readonly signal: AbortSignal;
  /**
   * Marks the job as done in the transaction of its effects, which then happen once. Throws when
   * the job is no longer held: let the error end the transaction. Without this call the job is
   * marked after the handler returns, and its effects may happen again after a crash.
   */
  done(tx: Sql): Promise<void>;
}

export interface JobHandler {
  readonly kind: JobKind;
  /** Gets a payload of the kind's shape. Throws to be tried again: see `failure.ts`. */
  run(job: Job<unknown>): Promise<void>;
}

export function handleJob<Payload extends z.ZodType>(
  kind: JobKind<Payload>,
  run: (job: Job<z.output<Payload>>) => Promise<void>,
): JobHandler {
  return { kind, run: (job) => run({ ...job, payload: kind.payload.parse(job.payload) }) };
}

/** Work that is done every so often, by one worker of all replicas at a time. */
export interface RecurringJob {
  /** For example `sessions.clean`. Unique in the subgraph, among kinds of jobs too. */
  readonly name: string;
  /** From the end of a run to the next. After a failure it runs again earlier, with backoff. */
  readonly everyMs: number;
  run(signal: AbortSignal): Promise<void>;
}
