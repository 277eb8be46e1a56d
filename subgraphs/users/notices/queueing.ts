// Queues notifications for the channels that their person wants, in the transaction that adds them.

import { z } from "zod";
import { enqueue, jobKind, jobOf, type NewJob, type Priority } from "#kit/jobs/kinds";
import type { Transaction } from "../database.ts";
import type { NotificationChannel } from "../generated/prisma/enums.ts";
import { CATEGORIES } from "./categories.ts";
import type { NotificationRow } from "./centre/store.ts";
import { insertDeliveries, type NewDelivery } from "./delivery/store.ts";
import { policyOf } from "./kinds.ts";
import { dueAt, type Wanted } from "./policy.ts";
import { type NotificationPreferencesRow, readPreferences } from "./preferences/store.ts";
import { findPushSubscriptions } from "./push-subscriptions/store.ts";

/** Writes one mail about all that is due for a person. */
export const mailNotices = jobKind(
  "notices.mail",
  z.object({ personId: z.uuid(), dueAt: z.iso.datetime() }),
);

/** Pushes all that is due to one device of a person. */
export const pushNotices = jobKind(
  "notices.push",
  z.object({ personId: z.uuid(), targetId: z.uuid(), dueAt: z.iso.datetime() }),
);

/** All that decides about a notification of a kind, by a channel. */
export function wantedBy(
  preferences: NotificationPreferencesRow,
  kind: NotificationRow["kind"],
  channel: NotificationChannel,
): Wanted {
  const policy = policyOf(kind);
  const { category, isCritical } = policy;
  const chosen = isCritical ? undefined : preferences.choices[category];
  return { policy, channel, channels: chosen ?? CATEGORIES[category], preferences };
}

/** Queues new notifications of a person. */
export async function queueDeliveries(
  tx: Transaction,
  personId: string,
  added: readonly Pick<NotificationRow, "id" | "kind">[],
  now: Date,
): Promise<void> {
  if (added.length === 0) return;
  const preferences = await readPreferences(tx, personId);
  const devices = await findPushSubscriptions(tx, [personId]);
  const targets = [
    { channel: "EMAIL", targetId: personId } as const,
    ...devices.map(({ id }) => ({ channel: "PUSH", targetId: id }) as const),
  ];
  const deliveries: NewDelivery[] = [];
  const jobs: NewJob[] = [];
  for (const { id, kind } of added) {
    for (const target of targets) {
      const wanted = wantedBy(preferences, kind, target.channel);
      const due = dueAt(wanted, now);
      if (!due) continue;
      const delivery = { ...target, notificationId: id, personId, dueAt: due };
      deliveries.push(delivery);
      jobs.push(jobFor(delivery, wanted));
    }
  }
  await insertDeliveries(tx, deliveries);
  await enqueue(tx, jobs);
}

/** One job for each notification: the first that runs takes all that is due. */
function jobFor({ notificationId, dueAt: runAt, ...target }: NewDelivery, { policy }: Wanted) {
  const priority = policy.isBulk ? "bulk" : "normal";
  if (target.channel === "PUSH") return pushJob(target, notificationId, runAt, priority);
  const { personId } = target;
  const options = {
    key: notificationId,
    runAt,
    serialKey: `notices:${personId}`,
    priority,
  } as const;
  return jobOf(mailNotices, { personId, dueAt: runAt.toISOString() }, options);
}

/** Pushes to a device what is due; `cause` names why, once for each device. */
export function pushJob(
  { personId, targetId }: Pick<NewDelivery, "personId" | "targetId">,
  cause: string,
  runAt: Date,
  priority: Priority,
): NewJob {
  const payload = { personId, targetId, dueAt: runAt.toISOString() };
  const key = `${cause}:${targetId}`;
  return jobOf(pushNotices, payload, { key, runAt, serialKey: `push:${targetId}`, priority });
}
