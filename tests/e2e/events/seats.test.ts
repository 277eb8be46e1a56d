// Seats are never oversold, and given in order: a property of random steps at two replicas on the
// real database. Each guard has a control without it.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import {
  anEvent,
  aRegistration,
  aTokenHolder,
  cancelRegistration,
  tokenHolders,
} from "../../kit/stories.ts";
import { type Events, openEvents, type Rewrite } from "./harness.ts";
import {
  AT_ONCE,
  EVENT_GUARD,
  mistakesWith,
  oneByOne,
  register,
  unconditional,
  unlocked,
} from "./seat-controls.ts";
import { settings, steps } from "./seat-plans.ts";
import { run } from "./seat-steps.ts";

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
}, 60_000);

describe("whatever people do at once,", () => {
  let events: Events;
  beforeAll(async () => {
    events = await openEvents();
  });
  afterAll(() => events.close());

  test("seats are never oversold, given in order with the passing, counted right and told once", async () => {
    await fc.assert(
      fc.asyncProperty(settings, steps, async (chosen, toDo) => {
        expect(await run(events, chosen, toDo)).toEqual([]);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 300_000);
});

describe("without a guard this fails:", () => {
  const passing = [register(0), register(1, 4), register(2), register(3)];
  const offers = { capacity: 1, offerMinutes: 5 };
  const lateAccept = [
    ...oneByOne(register(0), register(1), { kind: "cancel", who: 0 }),
    { minutes: 5, actions: [{ kind: "accept", who: 1 } as const] },
  ];

  test("with all of them nothing goes wrong", async () => {
    const same: Rewrite = (sql) => sql;
    expect(await mistakesWith(same, { capacity: 4, passesMax: 1 }, oneByOne(...passing))).toBe("");
    expect(await mistakesWith(same, offers, lateAccept)).toBe("");
    expect(await mistakesWith(same, { capacity: 5 }, AT_ONCE)).toBe("");
  }, 120_000);

  test("without the count of passes a party is passed for ever", async () => {
    const uncounted: Rewrite = (sql) =>
      sql.includes("events.seats.passes") ? sql.replace("passes + (", "passes + 0 * (") : sql;
    const wrong = await mistakesWith(
      uncounted,
      { capacity: 4, passesMax: 1 },
      oneByOne(...passing),
    );
    expect(wrong).toContain("was passed too often");
  }, 120_000);

  test("without the time in the update an offer is accepted after its end", async () => {
    const timeless: Rewrite = (sql) =>
      sql.includes("events.offers.take")
        ? sql.replace(/offer_expires_at > (\$\d)/, "($1::timestamptz is not null)")
        : sql;
    expect(await mistakesWith(timeless, offers, lateAccept)).toContain("accepted too late");
  }, 120_000);

  test("without the lock requests fail, and the conditional update still oversells nothing", async () => {
    const wrong = await mistakesWith(unlocked, { capacity: 5 }, AT_ONCE);
    expect(wrong).not.toBe("");
    expect(wrong).not.toContain("oversold");
  }, 120_000);

  test("without the lock and the condition the trigger still oversells nothing", async () => {
    const wrong = await mistakesWith(unconditional, { capacity: 5 }, AT_ONCE);
    expect(wrong).not.toBe("");
    expect(wrong).not.toContain("oversold");
  }, 120_000);

  test("without the lock, the condition and the trigger seats are oversold", async () => {
    const wrong = await mistakesWith(unconditional, { capacity: 5 }, AT_ONCE, [EVENT_GUARD]);
    expect(wrong).toContain("oversold");
  }, 120_000);
});
