// Judges deliveries whose time has come: what has changed since they were queued decides again.
import type { Transaction } from "../database.ts";
import type { NotificationChannel } from "../generated/prisma/enums.ts";
import { type DueDelivery, markLeft } from "./delivery/store.ts";
import { validityOf } from "./kinds.ts";
import { type LeftReason, reasonToLeave } from "./policy.ts";
import type { NotificationPreferencesRow } from "./preferences/store.ts";
import { wantedBy } from "./queueing.ts";

export const idsOf = (deliveries: readonly DueDelivery[]) => deliveries.map(({ id }) => id);

/** Leaves what is not sent, with its reason, and returns the others. */
export async function leaveOthers(
  tx: Transaction,
  due: readonly DueDelivery[],
  {
    preferences,
    channel,
    now,
  }: {
    readonly preferences: NotificationPreferencesRow;
    readonly channel: NotificationChannel;
    readonly now: Date;
  },
): Promise<DueDelivery[]> {
  const judged = due.map((delivery) => {
    const { kind, readAt, params } = delivery;
    const turn = { readAt, validUntil: validityOf(kind, params) };
    return { delivery, reason: reasonToLeave(wantedBy(preferences, kind, channel), turn, now) };
  });
  const left = judged.flatMap(({ delivery: { id }, reason }) => (reason ? [{ id, reason }] : []));
  await markLeft(tx, left, now);
  return judged.flatMap(({ delivery, reason }) => (reason ? [] : [delivery]));
}

/** Leaves all of these for one reason. */
export async function leaveAll(
  tx: Transaction,
  deliveries: readonly DueDelivery[],
  reason: LeftReason,
  now: Date,
): Promise<void> {
  await markLeft(
    tx,
    deliveries.map(({ id }) => ({ id, reason })),
    now,
  );
}
