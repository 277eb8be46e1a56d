// The worker of the matching subgraph: its work in the background. As a program it runs it.
import { z } from "zod";
import { runWorker, startWorker, type Worker, workerShape } from "#kit/jobs/worker";
import { readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { openDatabase } from "./database.ts";
import { erasingOfAccounts } from "./erasures/jobs.ts";

const name = "matching";

export async function start(): Promise<Worker> {
  const config = readConfig({ ...workerShape, DATABASE_URL_MATCHING: z.url() });
  const log = createLog({ name: `${name}-worker`, level: config.LOG_LEVEL });
  const databaseUrl = config.DATABASE_URL_MATCHING;
  const { database, close } = openDatabase(databaseUrl, log);
  return startWorker({
    name,
    database,
    databaseUrl,
    log,
    jobs: [erasingOfAccounts(database)],
    recurring: [],
    afterStop: close,
  });
}

await runWorker(import.meta.url, name, start);
