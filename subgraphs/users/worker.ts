// The worker of the users subgraph: its work in the background. As a program it runs it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { processingFiles, removingBytes, sweepingFiles } from "#kit/files/jobs";
import type { RecurringJob } from "#kit/jobs/handlers";
import { runWorker, startWorker, type Worker, workerShape } from "#kit/jobs/worker";
import { mailOfSettings, mailShape } from "#kit/mail/settings";
import { type MediaConfig, mediaOfSettings, mediaShape } from "#kit/media/settings";
import { pushOfSettings, pushShape } from "#kit/push/settings";
import { readConfig } from "#kit/service/config";
import { createLog, type Log } from "#kit/service/logger";
import { type StorageConfig, storageOfSettings, storageShape } from "#kit/storage/settings";
import { createSealing, sealingKeysSetting } from "#kit/trust/sealing";
import { cleaningOfAddresses } from "./accounts/addresses/jobs.ts";
import {
  emailChange,
  emailChanged,
  emailChangeUndone,
  emailLost,
  emailOwned,
  emailVerification,
} from "./accounts/addresses/mails.ts";
import { cleaningOfAttempts } from "./accounts/attempts/jobs.ts";
import { cleaningOfDevices } from "./accounts/devices/jobs.ts";
import { newDevice, sessionStolen } from "./accounts/devices/mails.ts";
import { erasingOfLeaving } from "./accounts/leaving/jobs.ts";
import { accountLeaving, accountRestored } from "./accounts/leaving/mails.ts";
import { sendingMagicLinks } from "./accounts/magic-links/jobs.ts";
import { addressAdopted, magicLink } from "./accounts/magic-links/mails.ts";
import { limitedMails } from "./accounts/mail-limits.ts";
import { sendingMails } from "./accounts/mails/jobs.ts";
import { cleaningOfOnce } from "./accounts/one-time/jobs.ts";
import { sendingResetLinks } from "./accounts/passwords/jobs.ts";
import { passwordChanged, passwordReset } from "./accounts/passwords/mails.ts";
import { rolesChanged } from "./accounts/roles/mails.ts";
import { secondFactorMails } from "./accounts/second-factor/mails.ts";
import { cleaningOfSessions } from "./accounts/sessions/jobs.ts";
import { accountReinstated, accountSuspended } from "./accounts/suspensions/mails.ts";
import { judgesOfAddresses } from "./accounts/verifications.ts";
import { type Database, openDatabase } from "./database.ts";
import { type EmailVerification, emailVerificationShape } from "./email-verification.ts";
import { cleaningOfNotifications } from "./notices/centre/jobs.ts";
import { mailingNotices } from "./notices/delivery/jobs.ts";
import { noticeMail } from "./notices/delivery/mails.ts";
import { cleaningOfPushSubscriptions } from "./notices/push-subscriptions/jobs.ts";
import { pushingNotices } from "./notices/pushes/jobs.ts";
import { avatarPurpose } from "./people/avatars/jobs.ts";
import { comparingNames } from "./people/names/jobs.ts";
import { nameReset } from "./people/names/mails.ts";

const name = "users";

/** All mails that this release can send. */
const MAILS = [
  newDevice,
  sessionStolen,
  accountLeaving,
  accountReinstated,
  accountRestored,
  accountSuspended,
  addressAdopted,
  emailChange,
  emailChanged,
  emailChangeUndone,
  emailLost,
  emailOwned,
  emailVerification,
  magicLink,
  nameReset,
  noticeMail,
  passwordChanged,
  passwordReset,
  rolesChanged,
  ...secondFactorMails,
];

export async function start(): Promise<Worker> {
  const config = readConfig({
    ...workerShape,
    ...mailShape,
    ...mediaShape,
    ...storageShape,
    DATABASE_URL_USERS: z.url(),
    SEALING_KEYS: sealingKeysSetting,
    ...emailVerificationShape,
    ...pushShape,
  });
  const { DATABASE_URL_USERS: databaseUrl, LOG_LEVEL: level } = config;
  const log = createLog({ name: `${name}-worker`, level });
  const { database, close } = openDatabase(databaseUrl, log);
  const { mailer, links } = mailOfSettings(config, log);
  const files = workOnFiles(config, database, log);
  const sealing = createSealing(config.SEALING_KEYS);
  const services = { database, sealing, now: systemClock };
  const senders = pushOfSettings(config, log);
  const mails = {
    ...services,
    links,
    kinds: MAILS,
    judges: judgesOf(services),
    log,
  };
  return startWorker({
    name,
    database,
    databaseUrl,
    log,
    jobs: [
      erasingOfLeaving(database),
      comparingNames(database),
      pushingNotices({ ...services, senders }),
      ...files.jobs,
      // Without a mailer no worker takes mails, or requests for them: they wait.
      ...(mailer
        ? [
            sendingMails({ ...mails, mailer }),
            mailingNotices(services),
            sendingMagicLinks(services),
            sendingResetLinks(services),
          ]
        : []),
    ],
    recurring: [...cleanings(database, config.EMAIL_VERIFICATION), files.sweeping],
    async afterStop() {
      mailer?.close();
      await Promise.all(Object.values(senders).map((sender) => sender.close()));
      await Promise.all([files.stop(), close()]);
    },
  });
}

/** The jobs that delete old rows. */
function cleanings(database: Database, verification: EmailVerification): RecurringJob[] {
  return [
    cleaningOfPushSubscriptions(database),
    cleaningOfSessions(database),
    cleaningOfOnce(database),
    cleaningOfAddresses(database, verification),
    cleaningOfAttempts(database),
    cleaningOfDevices(database),
    cleaningOfNotifications(database),
  ];
}

/** What decides about mails when they are sent. */
function judgesOf(services: { readonly database: Database } & Parameters<typeof limitedMails>[0]) {
  return {
    ...judgesOfAddresses(services.database, services),
    ...limitedMails(services, [magicLink, passwordReset]),
  };
}

/** What this worker does with files that people send. */
function workOnFiles(config: MediaConfig & StorageConfig, database: Database, log: Log) {
  const storage = storageOfSettings(config);
  const media = mediaOfSettings(config, log);
  return {
    jobs: [
      processingFiles({ database, storage, media, purposes: avatarPurpose() }),
      removingBytes(storage),
    ],
    sweeping: sweepingFiles(database, systemClock),
    stop() {
      media.stop();
      return storage.close();
    },
  };
}

await runWorker(import.meta.url, name, start);
