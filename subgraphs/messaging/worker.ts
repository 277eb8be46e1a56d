// The worker of the messaging subgraph: its work in the background. As a program it runs it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { runWorker, startWorker, type Worker, workerShape } from "#kit/jobs/worker";
import { readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { openDatabase } from "./database.ts";
import { erasingOfAccounts } from "./erasures/jobs.ts";
import { followingEvents, reconcilingEvents } from "./event-groups/jobs.ts";

const name = "messaging";

export async function start(): Promise<Worker> {
  const config = readConfig({ ...workerShape, DATABASE_URL_MESSAGING: z.url() });
  const log = createLog({ name: `${name}-worker`, level: config.LOG_LEVEL });
  const databaseUrl = config.DATABASE_URL_MESSAGING;
  const { database, close } = openDatabase(databaseUrl, log);
  return startWorker({
    name,
    database,
    databaseUrl,
    log,
    jobs: [erasingOfAccounts(database), followingEvents(database, systemClock)],
    recurring: [reconcilingEvents(database, systemClock)],
    afterStop: close,
  });
}

await runWorker(import.meta.url, name, start);
