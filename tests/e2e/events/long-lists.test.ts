// Long lists: what a sweep reads and writes does not grow with those who wait, and nobody behind a
// long run of parties that cannot fit is forgotten.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { changePartySize } from "../../../subgraphs/events/seats/parties/actions.ts";
import {
  cancelRegistration,
  registerForEvent,
} from "../../../subgraphs/events/seats/registrations/actions.ts";
import { type Events, openEvents } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00Z");

let events: Events;
beforeAll(async () => {
  events = await openEvents();
});
afterAll(() => events.close());

async function join(who: string, eventId: string, partySize = 1) {
  const outcome = await registerForEvent(events.context(who, NOW), {
    eventId,
    partySize,
    isHidden: false,
    ticketTypeId: null,
    ticketCode: null,
    answers: [],
    idempotencyKey: null,
  });
  if (outcome.kind !== "registered") throw new Error(outcome.kind);
  return outcome.registration;
}

/** Puts parties of one size on the list. */
async function wait(eventId: string, count: number, partySize: number): Promise<void> {
  await events.sql(
    `with head as (
       update stream set last_seq = last_seq + $2 where id = 'event:' || $1 returning last_seq - $2 as seq
     ), counted as (
       update event set waitlist_length = waitlist_length + $2 where id = $1::uuid
     )
     insert into registration (id, event_id, attendee_id, status, party_size, request_hash,
       requested_seq, created_at)
     select gen_random_uuid(), $1::uuid, gen_random_uuid(), 'WAITLISTED', $3, '', head.seq + n, now()
     from head, generate_series(1, $2::int) as n`,
    [eventId, count, partySize],
  );
}

/** An event for ten with one person, and a list of parties that do not fit. */
async function crowded(count: number): Promise<{ eventId: string; ada: string; id: string }> {
  const eventId = await events.event(newId(), NOW, { capacity: 10 });
  const ada = newId();
  const { id } = await join(ada, eventId, 2);
  await wait(eventId, count, 9);
  return { eventId, ada, id };
}

describe("behind a long run of parties that cannot fit", () => {
  test("small parties get seats as often as they may pass, and each pass counts for all", async () => {
    const { eventId } = await crowded(5_000);
    const states: string[] = [];
    for (let at = 0; at < 4; at += 1) states.push((await join(newId(), eventId)).status);
    expect(states).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED", "WAITLISTED"]);
    const passes = await events.sql(
      `select passes, count(*)::int from registration
       where event_id = $1 and status = 'WAITLISTED' group by 1 order by 1`,
      [eventId],
    );
    expect(passes).toEqual([
      { passes: 0, count: 1 },
      { passes: 3, count: 5_000 },
    ]);
  }, 60_000);

  test("a change takes as many statements as behind one of them", async () => {
    const taken: number[][] = [];
    for (const count of [1, 5_000]) {
      const { eventId, ada, id } = await crowded(count);
      const counts: number[] = [];
      const counted = async (work: () => Promise<unknown>) => {
        events.statements();
        await work();
        counts.push(events.statements().length);
      };
      await counted(() => join(newId(), eventId));
      await counted(() => changePartySize(events.context(ada, NOW), id, 1));
      await counted(() => cancelRegistration(events.context(ada, NOW), id));
      taken.push(counts);
    }
    expect(taken[1]).toEqual(taken[0]);
    expect(Math.max(...(taken[0] ?? []))).toBeLessThanOrEqual(16);
  }, 60_000);
});

test("many seats at once are given in order, 200 in a transaction, the rest by jobs", async () => {
  const eventId = await events.event(newId(), NOW, { capacity: 1 });
  await join(newId(), eventId);
  await wait(eventId, 450, 1);
  const seated = async () => {
    const [row] = await events.sql<{ seats: number }>(
      "select seats_taken as seats from event where id = $1",
      [eventId],
    );
    return row?.seats;
  };
  await events.change(eventId, NOW, "capacity = 400");
  expect(await seated()).toBe(201);
  const latest = await join(newId(), eventId);
  expect(latest.status).toBe("WAITLISTED");
  for (let runs = 0; runs < 3; runs += 1) await events.work(NOW);
  expect(await seated()).toBe(400);
  const [wrong] = await events.sql<{ count: number }>(
    `select count(*)::int from registration one join registration other using (event_id)
     where event_id = $1 and one.requested_seq < other.requested_seq
       and other.status = 'CONFIRMED' and (one.confirmed_seq is null or one.confirmed_seq > other.confirmed_seq)`,
    [eventId],
  );
  expect(wrong?.count).toBe(0);
}, 60_000);
