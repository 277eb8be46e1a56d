// Everybody with a registration is told of each change of an event exactly once and in order, also
// when there are many, and when workers die or meet. Negative controls without lock and position.
import { afterAll, describe, expect, test } from "vitest";
import { createAdapter, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import type { Job } from "../../../kit/jobs/handlers.ts";
import { appendEntries, type NewEntry } from "../../../kit/live/streams.ts";
import { operation } from "../../../schema/operations.ts";
import type { Transaction } from "../../../subgraphs/events/database.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { tellingOfChanges } from "../../../subgraphs/events/planning/changes/jobs.ts";
import { insertNotice } from "../../../subgraphs/events/planning/changes/store.ts";
import { tellNext } from "../../../subgraphs/events/planning/notices.ts";
import { resultOf } from "../../kit/client.ts";
import { countingPool, untilRows, withDatabase } from "../../kit/database.ts";
import { anEvent, aTokenHolder } from "../../kit/stories.ts";

const UPDATE = operation("UpdateEvent");
const { pool } = countingPool("events");
const database = new PrismaClient({ adapter: createAdapter(pool) });

afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

/** An event for which this many people who have no account are registered. */
async function aCrowdedEvent(token: string, people: number): Promise<string> {
  const eventId = await anEvent(token, { capacity: people });
  await withDatabase("events", async (client) => {
    await client.query(
      `insert into registration (id, event_id, attendee_id, status, party_size, request_hash,
         requested_seq, confirmed_seq, created_at)
       select gen_random_uuid(), $1, gen_random_uuid(), 'CONFIRMED', 1, '', n, n, now()
       from generate_series(1, $2::int) n`,
      [eventId, people],
    );
    await client.query("update event set seats_taken = $2 where id = $1", [eventId, people]);
    await client.query("update stream set last_seq = $2 where id = $1", [
      `event:${eventId}`,
      people,
    ]);
  });
  return eventId;
}

/** The changes that each person of an event was told, in order. */
async function toldOf(eventId: string): Promise<string[][]> {
  const { rows } = await withDatabase("events", (client) =>
    client.query<{ told: string[] | null }>(
      `select array_agg(payload->'changes'->>0 order by seq) filter (where seq > 0) as told
       from registration left join stream_entry on stream_id = 'person:' || attendee_id
       where event_id = $1 group by attendee_id`,
      [eventId],
    ),
  );
  return rows.map(({ told }) => told ?? []);
}

const untilAllTold = (eventId: string) =>
  untilRows("events", "select from event_notice where event_id = $1", [eventId], 0);

const all = (count: number, told: readonly string[]) => Array.from({ length: count }, () => told);

test("1,000 people are told three changes in a row, each once and in order", async () => {
  const { token } = await aTokenHolder();
  const eventId = await aCrowdedEvent(token, 1_000);
  const changes = [{ venue: "Room 2" }, { timeZone: "Europe/Paris" }, { onlineUrl: "https://a.b" }];
  for (const [at, change] of changes.entries()) {
    await resultOf(UPDATE, { eventId, ...change }, token, at % 2);
  }
  await untilAllTold(eventId);
  expect(await toldOf(eventId)).toEqual(all(1_000, ["PLACE", "TIME_ZONE", "ONLINE_LINK"]));
}, 60_000);

/** A notice of a change that nobody has been told of yet. */
async function aNotice(eventId: string, people: number) {
  const seq = people + 1;
  await inTransaction(database, (tx) =>
    insertNotice(tx, { eventId, seq, changes: ["PLACE"], toldUntil: 0 }),
  );
  return { eventId, seq };
}

function jobOf(payload: object, done: Job<unknown>["done"], signal = new AbortController().signal) {
  return { id: newId(), key: "", payload, attempt: 1, signal, done };
}

const done = async () => {};

describe("a worker", () => {
  test("that dies in the middle tells nobody twice when another one goes on", async () => {
    const { token } = await aTokenHolder();
    const eventId = await aCrowdedEvent(token, 45);
    const notice = await aNotice(eventId, 45);
    const worker = tellingOfChanges(database, 10);
    for (let batches = 1; batches <= 2; batches += 1) {
      const dying = new AbortController();
      const stop = { ...dying.signal, throwIfAborted: countdown(batches) } as AbortSignal;
      await expect(worker.run(jobOf(notice, done, stop))).rejects.toThrow("died");
    }
    const failing = async () => {
      throw new Error("died before its commit");
    };
    await expect(worker.run(jobOf(notice, failing))).rejects.toThrow("before its commit");
    await worker.run(jobOf(notice, done));
    expect(await toldOf(eventId)).toEqual(all(45, ["PLACE"]));
  });

  test("that meets another one with the same job tells nobody twice", async () => {
    const { token } = await aTokenHolder();
    const eventId = await aCrowdedEvent(token, 300);
    const notice = await aNotice(eventId, 300);
    const worker = tellingOfChanges(database, 20);
    await Promise.all([1, 2, 3].map(() => worker.run(jobOf(notice, done))));
    expect(await toldOf(eventId)).toEqual(all(300, ["PLACE"]));
  });

  test("that is started again after all are told tells nobody", async () => {
    const { token } = await aTokenHolder();
    const eventId = await aCrowdedEvent(token, 5);
    const notice = await aNotice(eventId, 5);
    const worker = tellingOfChanges(database);
    for (let run = 0; run < 2; run += 1) await worker.run(jobOf(notice, done));
    expect(await toldOf(eventId)).toEqual(all(5, ["PLACE"]));
  });
});

/** Throws at the call after this many. */
function countdown(calls: number): () => void {
  let left = calls;
  return () => {
    left -= 1;
    if (left < 0) throw new Error("died");
  };
}

describe("without the guards", () => {
  /** Like the job, without the lock of the event's stream. */
  const tellUnlocked = ({ eventId, seq }: { eventId: string; seq: number }) =>
    inTransaction(database, async (tx: Transaction) => {
      const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
      await tellNext({ tx, append }, eventId, seq, 1_000);
    });

  test("of the event's lock, two workers tell people twice", async () => {
    const { token } = await aTokenHolder();
    const eventId = await aCrowdedEvent(token, 500);
    const notice = await aNotice(eventId, 500);
    await Promise.all([1, 2, 3].map(() => tellUnlocked(notice)));
    const twice = (await toldOf(eventId)).filter((told) => told.length > 1);
    expect(twice.length).toBeGreaterThan(0);
  });

  test("of a position in the same transaction, a worker that dies tells people twice", async () => {
    const { token } = await aTokenHolder();
    const eventId = await aCrowdedEvent(token, 20);
    const notice = await aNotice(eventId, 20);
    const tellAndDie = async () => {
      await tellUnlocked(notice);
      await inTransaction(database, (tx) =>
        insertNotice(tx, { ...notice, changes: ["PLACE"], toldUntil: 0 }),
      );
    };
    await tellAndDie();
    await tellUnlocked(notice);
    expect(await toldOf(eventId)).toEqual(all(20, ["PLACE", "PLACE"]));
  });
});
