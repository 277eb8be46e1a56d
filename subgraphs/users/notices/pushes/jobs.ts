// Pushes what is due to one device: takes the deliveries, sends one push about them, and stores the
// answer of the service. A worker that dies between the two sends the same push again, with its id.
import type { Clock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { JobFailure } from "#kit/jobs/failure";
import { handleJob, type Job, type JobHandler } from "#kit/jobs/handlers";
import { enqueue } from "#kit/jobs/kinds";
import { mailLanguageOf } from "#kit/mail/kinds";
import type { Push, PushAddress, PushOutcome } from "#kit/push/push";
import type { PushSenders } from "#kit/push/settings";
import type { Sealing } from "#kit/trust/sealing";
import { findOpenSessions } from "../../accounts/devices/store.ts";
import { findRecipient } from "../../accounts/mails/store.ts";
import type { Database, Transaction } from "../../database.ts";
import {
  type DueDelivery,
  lockDue,
  lockOfJob,
  markQueued,
  markSent,
  pushedSince,
  putOff,
  type Target,
} from "../delivery/store.ts";
import { idsOf, leaveAll, leaveOthers } from "../judging.ts";
import { policyOf, validityOf } from "../kinds.ts";
import { heldUntil, type LeftReason } from "../policy.ts";
import { type NotificationPreferencesRow, readPreferences } from "../preferences/store.ts";
import { openedAddress } from "../push-addresses.ts";
import { deletePushSubscription, findPushSubscription } from "../push-subscriptions/store.ts";
import { pushJob, pushNotices } from "../queueing.ts";
import { contentOf } from "./content.ts";

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly senders: PushSenders;
  readonly now: Clock;
}

const HOUR_MS = 3_600_000;
/** A push is worth nothing after this time. */
const PUSH_LIFE_MS = 24 * HOUR_MS;

type Batch = readonly [DueDelivery, ...DueDelivery[]];

interface Turn {
  readonly target: Target;
  readonly jobId: string;
  readonly now: Date;
}

export function pushingNotices(services: Services): JobHandler {
  return handleJob(pushNotices, async (job) => {
    const { personId, targetId, dueAt } = job.payload;
    // The clock of the database has started this job; the clock of this process may be behind it.
    const now = new Date(Math.max(services.now().getTime(), Date.parse(dueAt)));
    const turn = { target: { personId, channel: "PUSH", targetId }, jobId: job.id, now } as const;
    const taken = await take(services, job, turn);
    if (!taken) return;
    const sender = services.senders[taken.address.service];
    const outcome: PushOutcome | "unavailable" = sender
      ? await sender.send(taken.address, taken.push)
      : "unavailable";
    await settle(services, job, { ...turn, ...taken, outcome });
  });
}

interface Taken {
  readonly batch: Batch;
  readonly address: PushAddress;
  readonly push: Push;
}

/** The push of this job; null when there is nothing to send, and then the job is done. */
function take(services: Services, job: Job<unknown>, turn: Turn): Promise<Taken | null> {
  const { jobId, now, target } = turn;
  return inTransaction(services.database, async (tx) => {
    const preferences = await readPreferences(tx, target.personId);
    const batch = await takeBatch(tx, turn, preferences);
    const address = batch && (await addressOf(tx, services, turn));
    if (batch && address) {
      const { languages } = address;
      const wish = {
        language: mailLanguageOf(languages),
        hasDetails: preferences.hasPushDetails,
      };
      const push = {
        id: jobId,
        content: contentOf(batch, wish),
        isUrgent: batch.some(({ kind }) => !policyOf(kind).isBulk),
        expiresAt: expiryOf(batch, now),
      };
      return { batch, address: address.address, push };
    }
    if (batch) await leaveAll(tx, batch, "GONE", now);
    await job.done(tx);
    return null;
  });
}

/** Those of an earlier attempt, or else those that are due now. Null for none. */
async function takeBatch(
  tx: Transaction,
  { target, jobId, now }: Turn,
  preferences: NotificationPreferencesRow,
): Promise<Batch | null> {
  const judge = { preferences, channel: "PUSH", now } as const;
  const before = await lockOfJob(tx, jobId);
  if (before.length > 0) return batchOf(await leaveOthers(tx, before, judge));
  const due = await leaveOthers(tx, await lockDue(tx, target, now), judge);
  const sent = await holdOthers(tx, target, due, now);
  await markQueued(tx, idsOf(sent), now, jobId);
  return batchOf(sent);
}

function batchOf([first, ...others]: readonly DueDelivery[]): Batch | null {
  return first ? [first, ...others] : null;
}

/** Lets those wait of which the device got many within an hour, and returns the others. */
async function holdOthers(
  tx: Transaction,
  target: Target,
  due: readonly DueDelivery[],
  now: Date,
): Promise<DueDelivery[]> {
  if (due.length === 0) return [];
  const recent = await pushedSince(tx, target.targetId, new Date(now.getTime() - HOUR_MS));
  const sent: DueDelivery[] = [];
  for (const delivery of due) {
    const { id, kind } = delivery;
    const until = heldUntil(recent.get(kind) ?? [], policyOf(kind), now);
    if (until) {
      await putOff(tx, [id], until);
      await enqueue(tx, [pushJob(target, until.toISOString(), until, "normal")]);
    } else sent.push(delivery);
  }
  return sent;
}

/** Null for a device that is removed, or whose session has ended. */
async function addressOf(
  tx: Transaction,
  { sealing }: Services,
  { target: { personId, targetId }, now }: Turn,
) {
  const found = await findPushSubscription(tx, personId, targetId);
  const recipient = found && (await findRecipient(tx, personId));
  if (!found || !recipient) return null;
  const open = await findOpenSessions(tx, [found.sessionId], now);
  if (open.length === 0) return null;
  const seal = sealing.of(personId, recipient.wrapped);
  return {
    address: openedAddress(seal, found.sealedAddress),
    languages: recipient.languages,
  };
}

/** The first end of what it tells. */
function expiryOf(batch: Batch, now: Date): Date {
  const ends = batch.flatMap(({ kind, params }) => validityOf(kind, params)?.getTime() ?? []);
  return new Date(Math.min(now.getTime() + PUSH_LIFE_MS, ...ends));
}

interface Settled extends Turn, Taken {
  readonly outcome: PushOutcome | "unavailable";
}

/** Throws for an outcome after which the job is tried again, or is given up. */
async function settle(
  { database }: Services,
  job: Job<unknown>,
  { outcome, batch, target, now }: Settled,
): Promise<void> {
  const leave = (reason: LeftReason) =>
    inTransaction(database, async (tx) => {
      await leaveAll(tx, batch, reason, now);
      if (reason === "GONE") await deletePushSubscription(tx, target.personId, target.targetId);
      await job.done(tx);
    });
  if (outcome === "unavailable") return leave("UNAVAILABLE");
  switch (outcome.kind) {
    case "accepted":
      return inTransaction(database, async (tx) => {
        await markSent(tx, idsOf(batch));
        await job.done(tx);
      });
    case "gone":
      return leave("GONE");
    case "later":
      throw new JobFailure(
        outcome.reason,
        outcome.afterMs === undefined ? {} : { retryAfterMs: outcome.afterMs },
      );
    case "refused":
      throw new JobFailure(outcome.reason, { isPermanent: true });
  }
}
