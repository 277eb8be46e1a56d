// Sends what is due: judges each delivery again, and queues one mail about those that still count.
import type { Clock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import type { Sealing } from "#kit/trust/sealing";
import type { Database, Transaction } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { sealOf } from "../../sealing.ts";
import { validityOf } from "../kinds.ts";
import { type LeftReason, reasonToLeave } from "../policy.ts";
import { readPreferences } from "../preferences/store.ts";
import { mailNotices, wantedBy } from "../queueing.ts";
import { tokenOf } from "../unsubscribing.ts";
import { noticeMail } from "./mails.ts";
import { type DueDelivery, lockDue, markLeft, markQueued } from "./store.ts";

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
      const due = await lockDue(tx, personId, "EMAIL", now);
      const { sent, left } = await judge(tx, personId, due, now);
      await markLeft(tx, left, now);
      await markQueued(tx, idsOf(sent), now);
      if (sent.length > 0) await writeMail(tx, { ...services, now: () => now }, personId, sent);
      await done(tx);
    });
  });
}

const idsOf = (deliveries: readonly DueDelivery[]) => deliveries.map(({ id }) => id);

interface Judged {
  readonly sent: readonly DueDelivery[];
  readonly left: readonly { readonly id: string; readonly reason: LeftReason }[];
}

async function judge(
  tx: Transaction,
  personId: string,
  due: readonly DueDelivery[],
  now: Date,
): Promise<Judged> {
  const preferences = await readPreferences(tx, personId);
  const judged = due.map((delivery) => {
    const { kind, readAt, params } = delivery;
    const turn = { readAt, validUntil: validityOf(kind, params) };
    return { delivery, reason: reasonToLeave(wantedBy(preferences, kind, "EMAIL"), turn, now) };
  });
  return {
    sent: judged.flatMap(({ delivery, reason }) => (reason === null ? [delivery] : [])),
    left: judged.flatMap(({ delivery, reason }) =>
      reason === null ? [] : [{ id: delivery.id, reason }],
    ),
  };
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
