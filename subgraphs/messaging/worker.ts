// The worker of the messaging subgraph: its work in the background. As a program it runs it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { processingFiles, removingBytes, sweepingFiles } from "#kit/files/jobs";
import { runWorker, startWorker, type Worker, workerShape } from "#kit/jobs/worker";
import { mediaOfSettings, mediaShape } from "#kit/media/settings";
import { readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
import { storageOfSettings, storageShape } from "#kit/storage/settings";
import { ATTACHMENT_PURPOSE } from "./attachments/jobs.ts";
import { openDatabase } from "./database.ts";
import { erasingOfAccounts } from "./erasures/jobs.ts";
import { followingEvents, reconcilingEvents } from "./event-groups/jobs.ts";
import { tellingOfMessages } from "./notices/jobs.ts";
import { picturePurpose } from "./pictures/jobs.ts";

const name = "messaging";

export async function start(): Promise<Worker> {
  const config = readConfig({
    ...workerShape,
    ...mediaShape,
    ...storageShape,
    DATABASE_URL_MESSAGING: z.url(),
  });
  const log = createLog({ name: `${name}-worker`, level: config.LOG_LEVEL });
  const databaseUrl = config.DATABASE_URL_MESSAGING;
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
      followingEvents(database, systemClock),
      processingFiles({
        database,
        storage,
        media,
        purposes: { ...ATTACHMENT_PURPOSE, ...picturePurpose() },
      }),
      removingBytes(storage),
    ],
    recurring: [
      reconcilingEvents(database, systemClock),
      sweepingFiles(database, systemClock),
      tellingOfMessages(database, systemClock),
    ],
    async afterStop() {
      media.stop();
      await Promise.all([storage.close(), close()]);
    },
  });
}

await runWorker(import.meta.url, name, start);
