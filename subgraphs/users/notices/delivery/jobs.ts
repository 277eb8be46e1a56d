// Sends what is due: judges each delivery again, and queues one mail about those that still count.
import type { Clock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import type { Sealing } from "#kit/trust/sealing";
import type { Database, Transaction } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { sealOf } from "../../sealing.ts";
import { idsOf, leaveOthers } from "../judging.ts";
import { readPreferences } from "../preferences/store.ts";
import { mailNotices } from "../queueing.ts";
import { tokenOf } from "../unsubscribing.ts";
import { noticeMail } from "./mails.ts";
import { type DueDelivery, lockDue, markQueued } from "./store.ts";

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly now: Clock;
}

/** A mail is worth nothing after this time. */
const MAIL_LIFE_MS = 24 * 3_600_000;
/** How many a mail names; it says how many more there are. */
const NAMED_MAX = 20;

export function mailingNotices({ database, ...services }: Services): JobHandler {
  return handleJob(mailNotices, async ({ payload: { personId, dueAt }, done }) => {
    // The clock of the database has started this job; the clock of this process may be behind it.
    const now = new Date(Math.max(services.now().getTime(), Date.parse(dueAt)));
    await inTransaction(database, async (tx) => {
      const due = await lockDue(tx, { personId, channel: "EMAIL", targetId: personId }, now);
      const preferences = await readPreferences(tx, personId);
      const sent = await leaveOthers(tx, due, { preferences, channel: "EMAIL", now });
      await markQueued(tx, idsOf(sent), now);
      if (sent.length > 0) await writeMail(tx, { ...services, now: () => now }, personId, sent);
      await done(tx);
    });
  });
}

async function writeMail(
  tx: Transaction,
  services: Pick<Services, "sealing"> & { now(): Date },
  personId: string,
  sent: readonly DueDelivery[],
): Promise<void> {
  const seal = await sealOf(tx, services, personId);
  const named = sent.slice(-NAMED_MAX).map(({ kind, params, otherName }) => ({
    kind,
    params,
    otherName,
  }));
  await writeTo(tx, services, noticeMail, {
    personId,
    params: { notices: named, more: sent.length - named.length, token: tokenOf(seal, personId) },
    key: `notices:${sent[0]?.id}`,
    priority: "normal",
    expiresAt: new Date(services.now().getTime() + MAIL_LIFE_MS),
  });
}
