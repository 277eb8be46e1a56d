// Reads and writes reminders: one for each kind and start of an event, so that one that moves is
// reminded of anew.
import type { Database, Transaction } from "../../database.ts";
import type { Reminder } from "../../generated/prisma/client.ts";
import type { DueStarts } from "./rules.ts";

export type ReminderRow = Pick<Reminder, "eventId" | "kind" | "startsAt" | "toldUntil">;

/** Begins the reminders of published events that are due. Others stay as they are. */
export async function beginReminders(
  database: Database,
  { kind, from, to }: DueStarts,
): Promise<void> {
  await database.$executeRaw`/* events.reminders.begin */
    insert into reminder (event_id, kind, starts_at)
    select id, ${kind}::reminder_kind, starts_at from event
    where status = 'PUBLISHED' and starts_at > ${from}::timestamptz
      and starts_at <= ${to}::timestamptz
    on conflict do nothing`;
}

/** Reminders of which not everybody was told. Those of events that have moved are left out. */
export async function listOpen(
  database: Database,
  now: Date,
  limit: number,
): Promise<ReminderRow[]> {
  return database.$queryRaw<ReminderRow[]>`/* events.reminders.open */
    select event_id::text as "eventId", kind::text as kind, reminder.starts_at as "startsAt",
      told_until::text as "toldUntil"
    from reminder join event on event.id = event_id and event.starts_at = reminder.starts_at
    where done_at is null and status = 'PUBLISHED' and reminder.starts_at > ${now}::timestamptz
    order by reminder.starts_at limit ${limit}::int`;
}

/** Locks a reminder and reads how far its people were told; null when another worker has it. */
export async function lockReminder(
  tx: Transaction,
  { eventId, kind, startsAt }: ReminderRow,
): Promise<ReminderRow | null> {
  const rows = await tx.$queryRaw<ReminderRow[]>`/* events.reminders.lock */
    select event_id::text as "eventId", kind::text as kind, starts_at as "startsAt",
      told_until::text as "toldUntil"
    from reminder
    where event_id = ${eventId}::uuid and kind = ${kind}::reminder_kind
      and starts_at = ${startsAt}::timestamptz and done_at is null
    for update skip locked`;
  return rows[0] ?? null;
}

export interface RemindedRow {
  readonly id: string;
  readonly attendeeId: string;
}

/** The next people with seats, by the ids of their registrations. */
export async function listReminded(
  tx: Transaction,
  { eventId, toldUntil }: ReminderRow,
  limit: number,
): Promise<RemindedRow[]> {
  return tx.registration.findMany({
    where: { eventId, status: "CONFIRMED", ...(toldUntil && { id: { gt: toldUntil } }) },
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true, attendeeId: true },
  });
}

/** Stores how far people were told; `doneAt` when all were. The row is locked. */
export async function moveReminder(
  tx: Transaction,
  { eventId, kind, startsAt }: ReminderRow,
  toldUntil: string | null,
  doneAt: Date | null,
): Promise<void> {
  await tx.reminder.update({
    where: { eventId_kind_startsAt: { eventId, kind, startsAt } },
    data: { doneAt, ...(toldUntil && { toldUntil }) },
  });
}

/** Deletes reminders of events that had begun by then. */
export async function deleteOver(database: Database, before: Date): Promise<void> {
  await database.reminder.deleteMany({ where: { startsAt: { lt: before } } });
}
