// Seats are never oversold: a property of registering on the real database, with a negative control
// without the guard.
import fc from "fast-check";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { withDatabase } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";
import {
  anEvent,
  aRegistration,
  aTokenHolder,
  cancelRegistration,
  register,
  tokenHolders,
} from "../../kit/stories.ts";

interface Ledger {
  readonly capacity: number;
  readonly counted: number;
  readonly waiting: number;
  readonly seated: number;
  readonly waitlisted: number;
}

/** The counters of an event, and a recount of its registrations. */
async function ledgerOf(eventId: string): Promise<Ledger> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<Ledger>(
      `select capacity, seats_taken as counted, waitlist_length as waiting,
         coalesce(sum(party_size) filter (where r.status = 'CONFIRMED'), 0)::int as seated,
         count(*) filter (where r.status = 'WAITLISTED')::int as waitlisted
       from event e left join registration r on r.event_id = e.id
       where e.id = $1 group by e.id`,
      [eventId],
    );
    const [ledger] = rows;
    if (!ledger) throw new Error(`no event ${eventId}`);
    return ledger;
  });
}

/** The most seats that were taken at one time, by the event's log. */
async function mostSeatedOf(eventId: string): Promise<number> {
  return withDatabase("events", async (client) => {
    const { rows } = await client.query<{ most: number }>(
      `with change as (
         select seq, (payload->>'partySize')::int * case payload->>'status'
           when 'CONFIRMED' then 1
           when 'CANCELLED' then case when exists (
             select from stream_entry b where b.stream_id = s.stream_id and b.seq < s.seq
               and b.payload->>'id' = s.payload->>'id' and b.payload->>'status' = 'CONFIRMED'
           ) then -1 else 0 end
           else 0 end as seats
         from stream_entry s where stream_id = $1
       ) select max(total)::int as most from (select sum(seats) over (order by seq) as total from change) t`,
      [`event:${eventId}`],
    );
    return rows[0]?.most ?? 0;
  });
}

test("400 people at once get 50 seats, and a cancelled seat goes to the waitlist", async () => {
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token, { capacity: 50 });
  const people = await tokenHolders(400);
  const registered = await Promise.all(
    people.map(async (person, at) => {
      const registration = await aRegistration(person.token, eventId, {}, at % 2);
      if (at % 10 === 0) await cancelRegistration(person.token, registration.id, (at + 1) % 2);
      return registration;
    }),
  );
  expect(registered).toHaveLength(400);
  expect(await ledgerOf(eventId)).toEqual({
    capacity: 50,
    counted: 50,
    seated: 50,
    waiting: 310,
    waitlisted: 310,
  });
  expect(await mostSeatedOf(eventId)).toBe(50);
}, 60_000);

test("seats equal a recount, are never oversold, and none stays free while a party on the waitlist fits", async () => {
  const party = fc.record({
    partySize: fc.integer({ min: 1, max: 4 }),
    givesUp: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 8 }),
      fc.array(party, { minLength: 2, maxLength: 24 }),
      async (capacity, parties) => {
        const organizer = await aTokenHolder();
        const eventId = await anEvent(organizer.token, { capacity });
        await Promise.all(
          parties.map(async ({ partySize, givesUp }, at) => {
            const person = await aTokenHolder();
            const answer = await register(person.token, eventId, { partySize }, at % 2);
            if (givesUp && answer.registration) {
              await cancelRegistration(person.token, answer.registration.id, at % 2);
            }
          }),
        );
        const ledger = await ledgerOf(eventId);
        expect(ledger.counted).toBe(ledger.seated);
        expect(ledger.waiting).toBe(ledger.waitlisted);
        expect(await mostSeatedOf(eventId)).toBeLessThanOrEqual(capacity);
        const first = await withDatabase("events", (client) =>
          client.query<{ party_size: number }>(
            `select party_size from registration where event_id = $1 and status = 'WAITLISTED'
             order by requested_seq limit 1`,
            [eventId],
          ),
        );
        const next = first.rows[0];
        if (next) expect(next.party_size).toBeGreaterThan(capacity - ledger.seated);
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);

/** How many look at once. */
const CROWD = 20;

describe("without the guard", () => {
  test("count-then-insert oversells under the same load", async () => {
    const organizer = await aTokenHolder();
    const capacity = 50;
    const eventId = await anEvent(organizer.token, { capacity });
    const pool = new pg.Pool({ connectionString: stack().urls.databases.events, max: CROWD });
    // Twenty at a time look, and then those who saw a free seat take one.
    for (let wave = 0; wave < 400 / CROWD; wave += 1) {
      const looking = Array.from({ length: CROWD }, () =>
        pool.query<{ seated: number }>(
          `select count(*)::int as seated from registration
           where event_id = $1 and status = 'CONFIRMED'`,
          [eventId],
        ),
      );
      const saw = (await Promise.all(looking)).map(({ rows }) => rows[0]?.seated ?? 0);
      const taking = saw.map(async (seated, at) => {
        if (seated >= capacity) return;
        await pool.query(
          `insert into registration (id, event_id, attendee_id, status, party_size, request_hash,
             requested_seq, confirmed_seq, created_at)
           values ($1, $2, $3, 'CONFIRMED', 1, '', $4, $4, now())`,
          [newId(), eventId, newId(), wave * CROWD + at + 1],
        );
      });
      await Promise.all(taking);
    }
    await pool.end();
    expect((await ledgerOf(eventId)).seated).toBe(60);
  }, 60_000);
});
