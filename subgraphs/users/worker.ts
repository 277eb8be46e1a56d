// The worker of the users subgraph: its work in the background. As a program it runs it.
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { runWorker, startWorker, type Worker, workerShape } from "#kit/jobs/worker";
import { mailOfSettings, mailShape } from "#kit/mail/settings";
import { readConfig } from "#kit/service/config";
import { createLog } from "#kit/service/logger";
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
import { openDatabase } from "./database.ts";
import { emailVerificationShape } from "./email-verification.ts";
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
  passwordChanged,
  passwordReset,
  rolesChanged,
  ...secondFactorMails,
];

export async function start(): Promise<Worker> {
  const config = readConfig({
    ...workerShape,
    ...mailShape,
    DATABASE_URL_USERS: z.url(),
    SEALING_KEYS: sealingKeysSetting,
    ...emailVerificationShape,
  });
  const log = createLog({ name: `${name}-worker`, level: config.LOG_LEVEL });
  const databaseUrl = config.DATABASE_URL_USERS;
  const { database, close } = openDatabase(databaseUrl, log);
  const { mailer, links } = mailOfSettings(config, log);
  const services = {
    database,
    sealing: createSealing(config.SEALING_KEYS),
    now: systemClock,
  };
  const mails = {
    ...services,
    links,
    kinds: MAILS,
    judges: {
      ...judgesOfAddresses(database, services),
      ...limitedMails(services, [magicLink, passwordReset]),
    },
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
      // Without a mailer no worker takes mails, or requests for them: they wait.
      ...(mailer
        ? [
            sendingMails({ ...mails, mailer }),
            sendingMagicLinks(services),
            sendingResetLinks(services),
          ]
        : []),
    ],
    recurring: [
      cleaningOfSessions(database),
      cleaningOfOnce(database),
      cleaningOfAddresses(database, config.EMAIL_VERIFICATION),
      cleaningOfAttempts(database),
      cleaningOfDevices(database),
    ],
    async afterStop() {
      mailer?.close();
      await close();
    },
  });
}

await runWorker(import.meta.url, name, start);
