// Reminds people with seats of events that begin soon, once for each start. Of a large event it
// tells in batches, each with its own transaction, so that a worker that dies repeats nothing.
import { inTransaction } from "#kit/data/database";
import { addToOutbox } from "#kit/facts/outbox";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { reminderFact } from "../../integration.ts";
import { findEvent } from "../../planning/events/store.ts";
import { dueStarts } from "./rules.ts";
import {
  beginReminders,
  deleteOver,
  listOpen,
  listReminded,
  lockReminder,
  moveReminder,
  type ReminderRow,
} from "./store.ts";

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const EVENTS = 50;
const PEOPLE = 500;

export function remindingOfEvents(database: Database, now: () => Date): RecurringJob {
  return {
    name: "reminders.raise",
    everyMs: EVERY_MS,
    async run(signal) {
      for (const due of dueStarts(now())) await beginReminders(database, due);
      for (let found = EVENTS; found === EVENTS && !signal.aborted; ) {
        const open = await listOpen(database, now(), EVENTS);
        for (const reminder of open) await remindAll(database, reminder, now(), signal);
        found = open.length;
      }
      await deleteOver(database, new Date(now().getTime() - DAY_MS));
    },
  };
}

async function remindAll(
  database: Database,
  reminder: ReminderRow,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted && (await remindNext(database, reminder, now))) {}
}

/** Tells the next people. False when all were told, or another worker tells them. */
export async function remindNext(
  database: Database,
  reminder: ReminderRow,
  now: Date,
  limit = PEOPLE,
): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const locked = await lockReminder(tx, reminder);
    const event = locked && (await findEvent(tx, reminder.eventId));
    if (!locked || !event) return false;
    const rows = await listReminded(tx, locked, limit);
    await addToOutbox(
      tx,
      rows.map((row) => reminderFact(event, row, locked)),
    );
    const isDone = rows.length < limit;
    await moveReminder(tx, locked, rows.at(-1)?.id ?? null, isDone ? now : null);
    return !isDone;
  });
}
