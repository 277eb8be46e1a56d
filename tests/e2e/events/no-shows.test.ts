// People who had seats and did not come are marked some hours after the event, where the door was
// used; and a gate that reports late corrects it.
import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { openDatabase } from "../../../subgraphs/events/database.ts";
import { markBatch } from "../../../subgraphs/events/door/no-shows/jobs.ts";
import { emptyLabels } from "../../../subgraphs/events/door/walk-ins/store.ts";
import { withDatabase } from "../../kit/database.ts";
import { anOpenDoor, doorCounts, moveEvent, scan, sync, ticketsFor, undo } from "../../kit/door.ts";
import { stack } from "../../kit/stack.ts";
import { tokenHolders } from "../../kit/stories.ts";

const HOUR_MS = 3_600_000;
const log = createLog({ name: "no-shows-test", level: "error" });
const { database, close } = openDatabase(stack().urls.databases.events ?? "", log);
afterAll(close);

/** Runs the job with small batches, as if the event had ended so many hours ago. */
async function markAfter(eventId: string, hours: number): Promise<void> {
  await moveEvent(eventId, -(hours + 2) * HOUR_MS);
  while (await markBatch(database, systemClock(), 2)) {}
}

async function statesOf(eventId: string): Promise<string[]> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<{ status: string }>(
      "select status from registration where event_id = $1 order by requested_seq",
      [eventId],
    );
    return rows.map(({ status }) => status);
  });
}

/** How often the stream of an event tells each registration that it is a no-show. */
async function toldOf(eventId: string): Promise<number[]> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int from stream_entry
       where stream_id = 'event:' || $1 and payload->>'status' = 'NO_SHOW'
       group by payload->>'id'`,
      [eventId],
    );
    return rows.map(({ count }) => count);
  });
}

describe("people who did not come", () => {
  test("are marked six hours after the end, each told once, and none who came", async () => {
    const [organizer, ...people] = await tokenHolders(6);
    const eventId = await anOpenDoor(organizer);
    const tickets = [];
    for (const person of people) tickets.push(await ticketsFor(person, eventId));
    await scan(organizer.token, { code: tickets[2]?.codes[0] ?? "", eventId });
    await markAfter(eventId, 5);
    expect(new Set(await statesOf(eventId))).toEqual(new Set(["CONFIRMED", "CHECKED_IN"]));
    await markAfter(eventId, 7);
    await markAfter(eventId, 7);
    const absent = "NO_SHOW";
    expect(await statesOf(eventId)).toEqual([absent, absent, "CHECKED_IN", absent, absent]);
    expect(await toldOf(eventId)).toEqual([1, 1, 1, 1]);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, taken: 5 });
  });

  test("are not marked where nobody used the door", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId);
    const { checkIn } = await scan(organizer.token, { code: codes[0] ?? "", eventId });
    await undo(organizer.token, checkIn?.id ?? "");
    await markAfter(eventId, 7);
    expect(await statesOf(eventId)).toEqual(["CONFIRMED"]);
  });

  test("have come after all when a gate reports late, and have not when that is taken back", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anOpenDoor(organizer);
    const first = await ticketsFor(ada, eventId);
    const second = await ticketsFor(bob, eventId);
    await scan(organizer.token, { code: first.codes[0] ?? "", eventId });
    await markAfter(eventId, 7);
    expect(await statesOf(eventId)).toEqual(["CHECKED_IN", "NO_SHOW"]);
    const late = {
      code: second.codes[0] ?? "",
      nonce: randomUUID(),
      scannedAt: new Date(Date.now() - 8 * HOUR_MS).toISOString(),
    };
    const [result] = await sync(organizer.token, eventId, "B", [late]);
    expect(result).toMatchObject({ registration: { status: "CHECKED_IN" } });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 2, recounted: 2 });
    await undo(organizer.token, result?.checkIn?.id ?? "");
    expect(await statesOf(eventId)).toEqual(["CHECKED_IN", "NO_SHOW"]);
  });
});

test("the labels of walk-ins are emptied when their event is long over", async () => {
  const [organizer] = await tokenHolders(1);
  const eventId = await anOpenDoor(organizer);
  const labels = async () => {
    const { rows } = await withDatabase("events", (client) =>
      client.query<{ label: string }>("select label from walk_in where event_id = $1", [eventId]),
    );
    return rows.map(({ label }) => label);
  };
  await withDatabase("events", (client) =>
    client.query(
      `insert into walk_in (id, event_id, party_size, label, nonce, entered_at, recorded_at, gate, by)
       values (gen_random_uuid(), $1, 1, 'red coat', 'n', now(), now(), '', $2)`,
      [eventId, organizer.id],
    ),
  );
  await emptyLabels(database, new Date(), 1_000);
  expect(await labels()).toEqual(["red coat"]);
  await emptyLabels(database, new Date(Date.now() + 4 * HOUR_MS), 1_000);
  expect(await labels()).toEqual([""]);
});
