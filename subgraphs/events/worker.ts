// The worker of the events subgraph: its work in the background. As a program it runs it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { processingFiles, removingBytes, sweepingFiles } from "#kit/files/jobs";
import { runWorker, startWorker, type Worker, workerShape } from "#kit/jobs/worker";
import { mediaOfSettings, mediaShape } from "#kit/media/settings";
import { readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { storageOfSettings, storageShape } from "#kit/storage/settings";
import { openDatabase } from "./database.ts";
import { markingNoShows } from "./door/no-shows/jobs.ts";
import { emptyingLabels } from "./door/walk-ins/jobs.ts";
import { erasingOfAccounts } from "./erasures/jobs.ts";
import { tellingOfChanges } from "./planning/changes/jobs.ts";
import { coverPurpose } from "./planning/covers/jobs.ts";
import { sweepingOfLists, tellingOfLapses } from "./seats/offers/jobs.ts";
import { remindingOfEvents } from "./seats/reminders/jobs.ts";

const name = "events";

export async function start(): Promise<Worker> {
  const config = readConfig({
    ...workerShape,
    ...mediaShape,
    ...storageShape,
    DATABASE_URL_EVENTS: z.url(),
  });
  const log = createLog({ name: `${name}-worker`, level: config.LOG_LEVEL });
  const databaseUrl = config.DATABASE_URL_EVENTS;
  const { database, close } = openDatabase(databaseUrl, log);
  const storage = storageOfSettings(config);
  const media = mediaOfSettings(config, log);
  return startWorker({
    name,
    database,
    databaseUrl,
    log,
    jobs: [
      erasingOfAccounts(database),
      sweepingOfLists(database),
      tellingOfLapses(database),
      tellingOfChanges(database),
      processingFiles({ database, storage, media, purposes: coverPurpose() }),
      removingBytes(storage),
    ],
    recurring: [
      markingNoShows(database, systemClock),
      remindingOfEvents(database, systemClock),
      emptyingLabels(database, systemClock),
      sweepingFiles(database, systemClock),
    ],
    async afterStop() {
      media.stop();
      await Promise.all([storage.close(), close()]);
    },
  });
}

await runWorker(import.meta.url, name, start);
