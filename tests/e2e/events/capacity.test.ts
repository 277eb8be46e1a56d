// A changed capacity against registrations and cancellations at once, over two replicas: nothing is
// oversold, nothing stays free while somebody who fits waits, and counters equal a recount. With a
// negative control: sweeps without the event's lock.
import { afterAll, describe, expect, test } from "vitest";
import { createAdapter, inTransaction } from "../../../kit/data/database.ts";
import { appendEntries, lockStreams, type NewEntry } from "../../../kit/live/streams.ts";
import { operation } from "../../../schema/operations.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { findEvent } from "../../../subgraphs/events/planning/events/store.ts";
import { sweepChanged } from "../../../subgraphs/events/seats/sweep.ts";
import { resultOf } from "../../kit/client.ts";
import { countingPool, withDatabase } from "../../kit/database.ts";
import {
  anEvent,
  aRegistration,
  aTokenHolder,
  cancelRegistration,
  register,
  tokenHolders,
} from "../../kit/stories.ts";

const UPDATE = operation("UpdateEvent");
const { pool } = countingPool("events");
const database = new PrismaClient({ adapter: createAdapter(pool) });

afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

/** The counters of an event, and a recount of its registrations. */
async function ledgerOf(eventId: string) {
  const { rows } = await withDatabase("events", (client) =>
    client.query<{ capacity: number; taken: number; seated: number; waiting: number }>(
      `select capacity, seats_taken as taken, waitlist_length as waiting,
         coalesce(sum(party_size) filter (where r.status = 'CONFIRMED'), 0)::int as seated,
         count(*) filter (where r.status = 'WAITLISTED')::int as waitlisted
       from event e left join registration r on r.event_id = e.id
       where e.id = $1 group by e.id`,
      [eventId],
    ),
  );
  const [ledger] = rows;
  if (!ledger) throw new Error(`no event ${eventId}`);
  return ledger;
}

describe("a capacity", () => {
  test("that rises gives the new seats to the waitlist, in order, in the same answer", async () => {
    const [organizer, ...people] = await tokenHolders(5);
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    for (const { token } of people) await aRegistration(token, eventId);
    const updated = await resultOf(UPDATE, { eventId, capacity: 3 }, organizer.token);
    expect(updated).toMatchObject({ event: { capacity: 3, seatsTaken: 3, waitlistLength: 1 } });
    const { rows } = await withDatabase("events", (client) =>
      client.query<{ status: string }>(
        "select status from registration where event_id = $1 order by requested_seq",
        [eventId],
      ),
    );
    const statuses = rows.map(({ status }) => status);
    expect(statuses).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED", "WAITLISTED"]);
  });

  test("below what is taken puts nobody out, and gives nothing until it fits", async () => {
    const [organizer, ada, bob, cleo] = await tokenHolders(4);
    const eventId = await anEvent(organizer.token, { capacity: 2 });
    const seats = [
      await aRegistration(ada.token, eventId),
      await aRegistration(bob.token, eventId),
    ];
    await aRegistration(cleo.token, eventId);
    const lowered = await resultOf(UPDATE, { eventId, capacity: 1 }, organizer.token);
    const full = { seatsLeft: 0, seatsTaken: 2, waitlistLength: 1 };
    expect(lowered).toMatchObject({ event: { capacity: 1, ...full } });
    await cancelRegistration(ada.token, seats[0]?.id ?? "");
    expect(await ledgerOf(eventId)).toMatchObject({ taken: 1, seated: 1, waiting: 1 });
    await cancelRegistration(bob.token, seats[1]?.id ?? "", 1);
    expect(await ledgerOf(eventId)).toMatchObject({ taken: 1, seated: 1, waiting: 0 });
  });

  test("that changes among registrations and cancellations neither oversells nor leaves seats free", async () => {
    const organizer = await aTokenHolder();
    const people = await tokenHolders(60);
    const eventId = await anEvent(organizer.token, { capacity: 10 });
    const coming = people.map(async ({ token }, at) => {
      const answer = await register(token, eventId, { partySize: 1 + (at % 3) }, at % 2);
      const { registration } = answer;
      if (at % 5 === 0 && registration) await cancelRegistration(token, registration.id, at % 2);
    });
    const changing = [30, 5, 25, 12, 18].map((capacity, at) =>
      resultOf(UPDATE, { eventId, capacity }, organizer.token, at % 2),
    );
    await Promise.all([...coming, ...changing]);
    await resultOf(UPDATE, { eventId, capacity: 40 }, organizer.token);
    const ledger = await ledgerOf(eventId);
    expect(ledger).toMatchObject({ capacity: 40, taken: ledger.seated });
    expect(ledger.seated).toBeLessThanOrEqual(40);
    const { rows } = await withDatabase("events", (client) =>
      client.query<{ party_size: number }>(
        `select party_size from registration where event_id = $1 and status = 'WAITLISTED'
         order by requested_seq limit 1`,
        [eventId],
      ),
    );
    expect(rows[0]?.party_size ?? Number.POSITIVE_INFINITY).toBeGreaterThan(40 - ledger.seated);
  }, 60_000);
});

/** Sweeps three times at once, with or without the event's lock. */
async function sweepsOf(eventId: string, isLocked: boolean) {
  const sweepOnce = () =>
    inTransaction(database, async (tx) => {
      const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
      if (isLocked) await lockStreams(tx, [`event:${eventId}`]);
      const event = await findEvent(tx, eventId);
      if (event) await sweepChanged({ tx, append }, event, new Date());
    });
  const outcomes = await Promise.allSettled([1, 2, 3].map(sweepOnce));
  return outcomes.map(({ status }) => status);
}

test("without the event's lock, only the database's checks stop two sweeps at once", async () => {
  const [organizer, ...people] = await tokenHolders(21);
  const crowded = async () => {
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    for (const { token } of people) await aRegistration(token, eventId);
    await withDatabase("events", (client) =>
      client.query("update event set capacity = 100 where id = $1", [eventId]),
    );
    return eventId;
  };
  const all = ["fulfilled", "fulfilled", "fulfilled"];
  expect(await sweepsOf(await crowded(), true)).toEqual(all);
  expect(await sweepsOf(await crowded(), false)).toContain("rejected");
}, 60_000);
