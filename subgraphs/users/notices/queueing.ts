// Queues notifications for the channels that their person wants, in the transaction that adds them.

import { z } from "zod";
import { enqueue, jobKind, jobOf, type NewJob } from "#kit/jobs/kinds";
import type { Transaction } from "../database.ts";
import type { NotificationChannel } from "../generated/prisma/enums.ts";
import { CATEGORIES } from "./categories.ts";
import type { NotificationRow } from "./centre/store.ts";
import { insertDeliveries, type NewDelivery } from "./delivery/store.ts";
import { policyOf } from "./kinds.ts";
import { dueAt, type Wanted } from "./policy.ts";
import { type NotificationPreferencesRow, readPreferences } from "./preferences/store.ts";

/** Writes one mail about all that is due for a person. */
export const mailNotices = jobKind(
  "notices.mail",
  z.object({ personId: z.uuid(), dueAt: z.iso.datetime() }),
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
  const deliveries: NewDelivery[] = [];
  const jobs: NewJob[] = [];
  for (const { id, kind } of added) {
    const wanted = wantedBy(preferences, kind, "EMAIL");
    const due = dueAt(wanted, now);
    if (!due) continue;
    const delivery = { notificationId: id, personId, targetId: personId, dueAt: due } as const;
    deliveries.push({ ...delivery, channel: "EMAIL" });
    jobs.push(mailJob(personId, id, due, wanted));
  }
  await insertDeliveries(tx, deliveries);
  await enqueue(tx, jobs);
}

/** One job for each notification: the first that runs takes all that is due. */
function mailJob(personId: string, id: string, runAt: Date, { policy }: Wanted): NewJob {
  const options = { key: id, runAt, serialKey: `notices:${personId}` };
  const priority = policy.isBulk ? "bulk" : "normal";
  return jobOf(mailNotices, { personId, dueAt: runAt.toISOString() }, { ...options, priority });
}
