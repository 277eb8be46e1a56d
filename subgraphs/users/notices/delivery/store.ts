// Reads and writes deliveries: notifications on their way out, once for each channel and target.
import { newId } from "#kit/data/id";
import type { Transaction } from "../../database.ts";
import { type Delivery, Prisma } from "../../generated/prisma/client.ts";
import type { NotificationKind } from "../../generated/prisma/enums.ts";
import type { LeftReason } from "../policy.ts";

export type NewDelivery = Pick<
  Delivery,
  "notificationId" | "personId" | "channel" | "targetId" | "dueAt"
>;

/** Where deliveries go: a person by mail, or one of their devices by push. */
export type Target = Pick<Delivery, "personId" | "channel" | "targetId">;

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

const due = Prisma.sql`
    select delivery.id::text, notification_id::text as "notificationId", kind::text as kind, params,
      read_at as "readAt", other.display_name as "otherName"
    from delivery join notification on notification.id = notification_id
    left join person as other on other.id = other_id`;

/** Takes the deliveries to a target that are due, oldest first, until the transaction ends. */
export async function lockDue(
  tx: Transaction,
  { personId, channel, targetId }: Target,
  now: Date,
): Promise<DueDelivery[]> {
  return tx.$queryRaw<DueDelivery[]>`/* users.deliveries.lock */ ${due}
    where delivery.person_id = ${personId}::uuid and channel = ${channel}::notification_channel
      and target_id = ${targetId}::uuid and state = 'WAITING' and due_at <= ${now}::timestamptz
    order by notification_id for update of delivery`;
}

/** Takes the deliveries that an earlier attempt of a job was about to send. */
export async function lockOfJob(tx: Transaction, jobId: string): Promise<DueDelivery[]> {
  return tx.$queryRaw<DueDelivery[]>`/* users.deliveries.of-job */ ${due}
    where job_id = ${jobId}::uuid and state = 'QUEUED'
    order by notification_id for update of delivery`;
}

/** When pushes went to a device since an instant, by the kinds of what they told. */
export async function pushedSince(
  tx: Transaction,
  targetId: string,
  since: Date,
): Promise<Map<NotificationKind, Date[]>> {
  const rows = await tx.$queryRaw<
    { kind: NotificationKind; times: Date[] }[]
  >`/* users.deliveries.pushed */
    select kind::text as kind, array_agg(settled_at) as times from (
      select kind, min(settled_at) as settled_at
      from delivery join notification on notification.id = notification_id
      where target_id = ${targetId}::uuid and settled_at > ${since}::timestamptz
        and job_id is not null and state in ('QUEUED', 'SENT')
      group by job_id, kind
    ) as push group by kind`;
  return new Map(rows.map(({ kind, times }) => [kind, times]));
}

/** Lets deliveries wait until an instant. */
export async function putOff(tx: Transaction, ids: readonly string[], dueAt: Date): Promise<void> {
  await tx.delivery.updateMany({ where: { id: { in: [...ids] } }, data: { dueAt } });
}

/** Sets that a job sends these: of a push, the one that has taken them. */
export async function markQueued(
  tx: Transaction,
  ids: readonly string[],
  now: Date,
  jobId: string | null = null,
): Promise<void> {
  await tx.delivery.updateMany({
    where: { id: { in: [...ids] } },
    data: { state: "QUEUED", settledAt: now, jobId },
  });
}

/** Sets that a push service has these. */
export async function markSent(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.delivery.updateMany({ where: { id: { in: [...ids] } }, data: { state: "SENT" } });
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
