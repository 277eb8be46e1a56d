// A queue in a database of its own, and workers over it that can be crashed.
import { expect, vi } from "vitest";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import type { JobHandler } from "../../../kit/jobs/handlers.ts";
import { enqueue, type NewJob } from "../../../kit/jobs/kinds.ts";
import { measureJobs } from "../../../kit/jobs/metrics.ts";
import { type Runner, type RunnerOptions, startRunner } from "../../../kit/jobs/runner.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/users/generated/prisma/client.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";

export const log = createLog({ name: "jobs-test", level: "silent" });

export interface Queue {
  readonly url: string;
  readonly database: PrismaClient;
  add(...jobs: NewJob[]): Promise<number>;
  /** The rows of `effect`, by key. */
  effects(): Promise<Record<string, number>>;
  /** Rejects after 20 seconds. */
  untilFinished(): Promise<void>;
  /** Stops all workers, the dead ones too. */
  stop(): Promise<void>;
  /** Stops all workers, and empties the queue. */
  clear(): Promise<void>;
  /** Those that `stop` stops. */
  readonly runners: Runner[];
  close(): Promise<void>;
}

export async function openQueue(): Promise<Queue> {
  const own = await openOwnDatabase("users");
  const pool = createPool(own.url, log);
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  await database.$executeRaw`/* test.effects */ create table effect (key text not null)`;
  const runners: Runner[] = [];
  const stop = async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  };
  return {
    url: own.url,
    database,
    add: (...jobs) => enqueue(database, jobs),
    async effects() {
      const rows = await database.$queryRaw<{ key: string; count: number }[]>`/* test.count */
        select key, count(*)::int as count from effect group by key`;
      return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
    },
    async untilFinished() {
      await vi.waitFor(
        async () => {
          const waiting = { state: "WAITING", NOT: { key: "recurring" } } as const;
          expect(await database.job.count({ where: waiting })).toBe(0);
        },
        { timeout: 20_000, interval: 20 },
      );
    },
    async clear() {
      await stop();
      await database.$executeRaw`/* test.clear */ truncate job, effect`;
    },
    runners,
    stop,
    async close() {
      await stop();
      await database.$disconnect();
      await pool.end();
      await own.drop();
    },
  };
}

export interface Crashable {
  readonly runner: Runner;
  /** From now on nothing of this worker reaches the database, as if its process had died. */
  crash(): void;
  readonly hasCrashed: () => boolean;
}

const NEVER = new Promise<never>(() => {});

/** A lease for tests in which workers lose it. */
export const SHORT_LEASE = { leaseMs: 300 };

/**
 * A worker with short times, except its lease: a slow machine must not lose it. Its handlers get
 * the database that dies with it.
 */
export function startWorker(
  queue: Pick<Queue, "url" | "database" | "runners">,
  handlersOf: (database: PrismaClient, crash: () => void) => readonly JobHandler[],
  wish: Partial<RunnerOptions> = {},
): Crashable {
  let isDead = false;
  const crash = () => {
    isDead = true;
  };
  const base = (wish.database ?? queue.database) as PrismaClient;
  const database = new Proxy(base, {
    get(target, name) {
      if (isDead) return () => Promise.reject(new Error("this worker is dead"));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const runner = startRunner({
    databaseUrl: queue.url,
    log,
    metrics: measureJobs("users", base),
    recurring: [],
    leaseMs: 5_000,
    pollMs: 50,
    graceMs: 500,
    ...wish,
    jobs: handlersOf(database, crash),
    database,
  });
  queue.runners.push(runner);
  return { runner, crash, hasCrashed: () => isDead };
}

/** Never settles: what a dead process still computes reaches nobody. */
export function dead(): Promise<never> {
  return NEVER;
}
