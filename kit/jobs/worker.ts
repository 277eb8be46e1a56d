// A worker: the process beside a subgraph's server that runs its jobs, with a pool of its own. It
// serves no GraphQL, only its health, and its metrics to operators. One process can hold the
// workers of several subgraphs, as on a developer's machine.
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Sql } from "#kit/data/database";
import { redisShape } from "#kit/data/redis";
import type { JobHandler, RecurringJob } from "#kit/jobs/handlers";
import { measureJobs } from "#kit/jobs/metrics";
import { startRunner } from "#kit/jobs/runner";
import { adminAddress, port, readConfig, serviceShape } from "#kit/service/config";
import { type Check, createHealth } from "#kit/service/health";
import { createHttpServer } from "#kit/service/http-server";
import { runService, type Service } from "#kit/service/lifecycle";
import { createLog, type Log } from "#kit/service/logger";
import { startAdmin } from "#kit/telemetry/admin";

/** The settings of every worker, except its database. */
export const workerShape = {
  ...serviceShape,
  PORT: port,
  /** Without it nobody sees the worker in the portal; jobs need no Redis. */
  REDIS_URL: redisShape.REDIS_URL.optional(),
  REDIS_PREFIX: redisShape.REDIS_PREFIX,
};

const workerSettings = () => readConfig(workerShape);
type WorkerConfig = ReturnType<typeof workerSettings>;

export interface WorkerOptions {
  /** The subgraph. */
  readonly name: string;
  readonly database: Sql;
  readonly databaseUrl: string;
  readonly log: Log;
  readonly jobs: readonly JobHandler[];
  readonly recurring: readonly RecurringJob[];
  /** Closes the database after the last job. */
  readonly afterStop: () => Promise<void>;
}

export interface Worker {
  readonly checks: Readonly<Record<string, Check>>;
  stop(): Promise<void>;
}

/** The export of a subgraph's worker.ts. */
export type StartWorker = () => Promise<Worker>;

/** Starts to run the jobs of one subgraph. */
export function startWorker(options: WorkerOptions): Worker {
  const { name, database, afterStop } = options;
  const metrics = measureJobs(name, database);
  const runner = startRunner({ ...options, metrics });
  return {
    checks: { [`${name} jobs`]: runner.check },
    async stop() {
      await runner.stop();
      metrics.stop();
      await afterStop();
    },
  };
}

const BODY_BYTES_MAX = 1_024;

/** Starts workers in this process, behind one server for their health. */
export async function serveWorkers(name: string, starts: readonly StartWorker[]): Promise<Service> {
  const config = workerSettings();
  const log = createLog({ name, level: config.LOG_LEVEL });
  const workers = await Promise.all(starts.map((start) => start()));
  const health = createHealth(Object.assign({}, ...workers.map((worker) => worker.checks)));
  const app = createHttpServer({ log, bodyBytesMax: BODY_BYTES_MAX, health });
  const admin = await startAdmin(name, {
    ...adminAddress(config),
    health,
    log,
    summaries: summariesOf(config),
  });
  const url = await app.listen({ host: config.HOST, port: config.PORT });
  return {
    url,
    adminUrl: admin.url,
    log,
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await app.close();
      await admin.stop();
    },
  };
}

function summariesOf({ REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix }: WorkerConfig) {
  return redisUrl === undefined ? null : { redisUrl, redisPrefix };
}

/** Runs a worker as a process of its own, if Node.js was started with this module. */
export async function runWorker(
  moduleUrl: string,
  name: string,
  start: StartWorker,
): Promise<void> {
  const [, started = ""] = process.argv;
  if (realpathSync(started) !== fileURLToPath(moduleUrl)) return;
  await runService(() => serveWorkers(`${name}-worker`, [start]));
}
