// Reads and writes deliveries: notifications on their way out, once for each channel and target.
import { newId } from "#kit/data/id";
import type { Transaction } from "../../database.ts";
import type { Delivery } from "../../generated/prisma/client.ts";
import type { NotificationChannel, NotificationKind } from "../../generated/prisma/enums.ts";
import type { LeftReason } from "../policy.ts";

export type NewDelivery = Pick<
  Delivery,
  "notificationId" | "personId" | "channel" | "targetId" | "dueAt"
>;

/** Stores deliveries. One that is stored already stays as it is. Returns the ids of new ones. */
export async function insertDeliveries(
  tx: Transaction,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await tx.delivery.createMany({
    data: deliveries.map((delivery) => ({ ...delivery, id: newId() })),
    skipDuplicates: true,
  });
}

/** A delivery whose time has come, with its notification. */
export interface DueDelivery {
  readonly id: string;
  readonly notificationId: string;
  readonly kind: NotificationKind;
  readonly params: unknown;
  readonly readAt: Date | null;
  /** The name of the other person; null without one. */
  readonly otherName: string | null;
}

/** Takes the deliveries of a person that are due, oldest first, until the transaction ends. */
export async function lockDue(
  tx: Transaction,
  personId: string,
  channel: NotificationChannel,
  now: Date,
): Promise<DueDelivery[]> {
  return tx.$queryRaw<DueDelivery[]>`/* users.deliveries.lock */
    select delivery.id::text, notification_id::text as "notificationId", kind::text as kind, params,
      read_at as "readAt", other.display_name as "otherName"
    from delivery join notification on notification.id = notification_id
    left join person as other on other.id = other_id
    where delivery.person_id = ${personId}::uuid and channel = ${channel}::notification_channel
      and state = 'WAITING' and due_at <= ${now}::timestamptz
    order by notification_id for update of delivery`;
}

/** Sets that jobs send these. */
export async function markQueued(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx.delivery.updateMany({
    where: { id: { in: [...ids] } },
    data: { state: "QUEUED", settledAt: now },
  });
}

/** Sets that these are not sent. */
export async function markLeft(
  tx: Transaction,
  left: readonly { readonly id: string; readonly reason: LeftReason }[],
  now: Date,
): Promise<void> {
  if (left.length === 0) return;
  const ids = left.map(({ id }) => id);
  const reasons = left.map(({ reason }) => reason);
  await tx.$executeRaw`/* users.deliveries.left */
    update delivery set state = 'LEFT', reason = given.reason, settled_at = ${now}::timestamptz
    from unnest(${ids}::uuid[], ${reasons}::text[]) as given(id, reason)
    where delivery.id = given.id`;
}
