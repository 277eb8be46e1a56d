// People with seats are reminded once of each start of an event, by several workers at once too; of
// one that moves anew, and of one that is cancelled never. Negative control without the reminder.
import { afterAll, describe, expect, test } from "vitest";
import { createLog } from "../../../kit/service/logger.ts";
import { operation } from "../../../schema/operations.ts";
import { openDatabase } from "../../../subgraphs/events/database.ts";
import { remindNext } from "../../../subgraphs/events/seats/reminders/jobs.ts";
import { dueStarts } from "../../../subgraphs/events/seats/reminders/rules.ts";
import { beginReminders, listOpen } from "../../../subgraphs/events/seats/reminders/store.ts";
import { resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";
import { anEvent, aRegistration, type TokenHolder, tokenHolders } from "../../kit/stories.ts";

const HOUR_MS = 3_600_000;
const DAYS_MS = 40 * 24 * HOUR_MS;
const log = createLog({ name: "reminders-test", level: "error" });
const open = () => openDatabase(stack().urls.databases.events ?? "", log);
const workers = [open(), open()];
afterAll(() => Promise.all(workers.map(({ close }) => close())));

async function startOf(eventId: string): Promise<Date> {
  return withDatabase("events", async (client) => {
    const text = "select starts_at from event where id = $1";
    const { rows } = await client.query<{ starts_at: Date }>(text, [eventId]);
    return rows[0]?.starts_at ?? new Date(Number.NaN);
  });
}

/** Two workers remind at once, so many hours before the start, two people in each transaction. */
async function remindBefore(eventId: string, hours: number): Promise<void> {
  const now = new Date((await startOf(eventId)).getTime() - hours * HOUR_MS + 1_000);
  await Promise.all(
    workers.map(async ({ database }) => {
      for (const due of dueStarts(now)) await beginReminders(database, due);
      const reminders = (await listOpen(database, now, 1_000)).filter(
        (reminder) => reminder.eventId === eventId,
      );
      for (const reminder of reminders) {
        while (await remindNext(database, reminder, now, 2)) {}
      }
    }),
  );
}

/** How often each person was told, by their place. */
async function toldOf(eventId: string, people: readonly TokenHolder[]): Promise<number[]> {
  const told = await withDatabase("events", async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select payload->>'personId' as id from outbox where topic = 'events.notice.raised.v1'
       and payload->>'kind' = 'EVENT_REMINDER' and payload->>'eventId' = $1`,
      [eventId],
    );
    return rows.map(({ id }) => id);
  });
  return people.map(({ id }) => told.filter((each) => each === id).length);
}

async function anEventOf(people: readonly TokenHolder[], more: object = {}) {
  const [organizer] = await tokenHolders(1);
  const token = organizer?.token ?? "";
  const eventId = await anEvent(token, { startsInMs: DAYS_MS, capacity: 5, ...more });
  for (const person of people) await aRegistration(person.token, eventId);
  return { eventId, token };
}

describe("people with seats", () => {
  test("are reminded once a day before and once an hour before, and those who wait are not", async () => {
    const people = await tokenHolders(7);
    const { eventId } = await anEventOf(people, { hasWaitlist: true });
    await remindBefore(eventId, 24);
    await remindBefore(eventId, 22);
    expect(await toldOf(eventId, people)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    await remindBefore(eventId, 10);
    expect(await toldOf(eventId, people)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    await remindBefore(eventId, 1);
    expect(await toldOf(eventId, people)).toEqual([2, 2, 2, 2, 2, 0, 0]);
  });

  test("are reminded anew of an event that moves, and never of one that is cancelled", async () => {
    const people = await tokenHolders(2);
    const { eventId, token } = await anEventOf(people);
    await remindBefore(eventId, 24);
    const startsAt = new Date((await startOf(eventId)).getTime() + DAYS_MS);
    const endsAt = new Date(startsAt.getTime() + HOUR_MS);
    const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
    await resultOf(operation("UpdateEvent"), { eventId, expectedVersion: 2, ...times }, token);
    await remindBefore(eventId, 24);
    expect(await toldOf(eventId, people)).toEqual([2, 2]);
    await resultOf(operation("CancelEvent"), { eventId, reason: "Rain" }, token);
    await remindBefore(eventId, 1);
    expect(await toldOf(eventId, people)).toEqual([2, 2]);
  });

  test("are reminded twice when the reminder is not kept", async () => {
    const people = await tokenHolders(3);
    const { eventId } = await anEventOf(people);
    await remindBefore(eventId, 24);
    await withDatabase("events", (client) =>
      client.query("delete from reminder where event_id = $1", [eventId]),
    );
    await remindBefore(eventId, 24);
    expect(await toldOf(eventId, people)).toEqual([2, 2, 2]);
  });
});
