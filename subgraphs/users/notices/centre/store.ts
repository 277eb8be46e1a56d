// Reads and writes the notifications of people.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";
import { type Notification, Prisma } from "../../generated/prisma/client.ts";

export type NotificationRow = Notification;

/** The update in one entry of a person's stream. */
export interface NotificationUpdateRow {
  readonly seq: number;
  readonly prevSeq: number;
  /** Null when several have changed at once. */
  readonly notificationId: string | null;
}

/**
 * Keeps the account of a person from being erased until the transaction ends; false when it is
 * erased. Before the person's stream is locked, as the erasure does.
 */
export async function lockReader(tx: Transaction, personId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`/* users.notices.reader */
    select from person where id = ${personId}::uuid
      and not exists (select from erasure where user_id = ${personId}::uuid)
    for key share of person`;
  return rows.length > 0;
}

/** False when the person has been told of this cause. */
export async function insertNotification(
  tx: Transaction,
  notification: Omit<NotificationRow, "seenAt" | "readAt">,
): Promise<boolean> {
  const { id, personId, kind, cause, params, otherId, createdAt } = notification;
  const inserted = await tx.$executeRaw`/* users.notices.insert */
    insert into notification (id, person_id, kind, cause, params, other_id, created_at)
    select ${id}::uuid, ${personId}::uuid, ${kind}::notification_kind, ${cause}, ${JSON.stringify(params)}::jsonb,
      (select id from person where id = ${otherId}::uuid), ${createdAt}::timestamptz
    on conflict (person_id, cause) do nothing`;
  return inserted > 0;
}

/** A page of a person's notifications and one more, newest first. */
export async function listNotifications(
  database: Database,
  personId: string,
  isUnread: boolean,
  { after, limit }: Page<string>,
): Promise<NotificationRow[]> {
  return database.notification.findMany({
    where: { personId, ...(isUnread && { readAt: null }), ...(after && { id: { lt: after } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
}

/** A person's own among these notifications. */
export async function findNotifications(
  database: Database,
  personId: string,
  ids: readonly string[],
): Promise<NotificationRow[]> {
  return database.notification.findMany({ where: { personId, id: { in: [...ids] } } });
}

/** The most that is counted. */
const COUNTED_MAX = 100;

/** How many notifications each of these people has not seen, at most 100. */
export async function countUnseen(
  database: Database,
  personIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<{ id: string; count: number }[]>`/* users.notices.unseen */
    select asked.id::text, unseen.count from unnest(${personIds}::uuid[]) as asked(id)
    cross join lateral (
      select count(*)::int from (
        select from notification where person_id = asked.id and seen_at is null
        limit ${COUNTED_MAX}::int
      ) as counted
    ) as unseen(count)`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Marks a person's own among these as read; returns the ids of those that were not. */
export async function markRead(
  tx: Transaction,
  personId: string,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`/* users.notices.read */
    update notification set read_at = ${now}::timestamptz,
      seen_at = coalesce(seen_at, ${now}::timestamptz)
    where person_id = ${personId}::uuid and id = any(${ids}::uuid[]) and read_at is null
    returning id::text`;
  return rows.map(({ id }) => id).sort();
}

/** Marks a person's notifications up to one as seen, or also as read; returns how many were not. */
export async function markSeen(
  tx: Transaction,
  personId: string,
  { upToId, isRead }: { readonly upToId: string; readonly isRead: boolean },
  now: Date,
): Promise<number> {
  const read = isRead
    ? Prisma.sql`, read_at = coalesce(read_at, ${now}::timestamptz)`
    : Prisma.empty;
  const open = isRead
    ? Prisma.sql`(seen_at is null or read_at is null)`
    : Prisma.sql`seen_at is null`;
  return tx.$executeRaw`/* users.notices.seen */
    update notification set seen_at = coalesce(seen_at, ${now}::timestamptz) ${read}
    where person_id = ${personId}::uuid and id <= ${upToId}::uuid and ${open}`;
}

/** Marks a person's notifications about messages up to a seq as read; returns how many were not. */
export async function markConversationRead(
  tx: Transaction,
  personId: string,
  { conversationId, readSeq }: { readonly conversationId: string; readonly readSeq: number },
  now: Date,
): Promise<number> {
  return tx.$executeRaw`/* users.notices.conversation */
    update notification set read_at = ${now}::timestamptz,
      seen_at = coalesce(seen_at, ${now}::timestamptz)
    where person_id = ${personId}::uuid and read_at is null
      and params->>'conversationId' = ${conversationId}
      and (params->>'seq')::int <= ${readSeq}::int`;
}

/** Deletes notifications from before a time. Returns how many, at most `limit`. */
export async function deleteOld(database: Database, before: Date, limit: number): Promise<number> {
  return database.$executeRaw`/* users.notices.clean */
    delete from notification where id in (
      select id from notification where created_at < ${before}::timestamptz limit ${limit}::int
    )`;
}

/** Deletes the stream of a person whose account is erased. The notifications go with the person. */
export async function deleteStream(tx: Transaction, streamId: string): Promise<void> {
  await tx.streamEntry.deleteMany({ where: { streamId } });
  await tx.stream.deleteMany({ where: { id: streamId } });
}
