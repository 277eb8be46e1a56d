// Guarantees about offers and the list, with a clock that tests set, at two replicas.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { answerOffer } from "../../../subgraphs/events/seats/offers/actions.ts";
import {
  cancelRegistration,
  registerForEvent,
} from "../../../subgraphs/events/seats/registrations/actions.ts";
import { type EventSettings, type Events, openEvents } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00Z");
const MINUTE_MS = 60_000;
const START = new Date("2026-05-05T12:00:00Z");
const later = (ms: number, from = NOW) => new Date(from.getTime() + ms);

let events: Events;
beforeAll(async () => {
  events = await openEvents();
});
afterAll(() => events.close());

const VIEWED = `query($id: ID!) { event(id: $id) { seatsLeft viewerRegistration {
  id status cancelledBy offerExpiresAt waitlistPosition isTooLarge partySize  } } }`;

interface Viewed {
  readonly id: string;
  readonly status: string;
  readonly cancelledBy: string | null;
  readonly offerExpiresAt: string | null;
  readonly waitlistPosition: number | null;
  readonly isTooLarge: boolean;
}

async function seen(who: string, eventId: string, now: Date): Promise<Viewed | null> {
  type Data = { event: { viewerRegistration: Viewed | null } };
  return (await events.ask<Data>(who, now, VIEWED, { id: eventId })).event.viewerRegistration;
}

async function join(who: string, eventId: string, now = NOW, partySize = 1): Promise<string> {
  const outcome = await registerForEvent(events.context(who, now), {
    eventId,
    partySize,
    isHidden: false,
    ticketTypeId: null,
    ticketCode: null,
    answers: [],
    idempotencyKey: null,
  });
  if (outcome.kind !== "registered") throw new Error(outcome.kind);
  return outcome.registration.id;
}

/** One seat: the first person has it, the others wait. The first cancels at `now`. */
async function offered(now = NOW, settings: EventSettings = {}, waiting = 2) {
  const eventId = await events.event(newId(), NOW, { capacity: 1, offerMinutes: 5, ...settings });
  const people = Array.from({ length: waiting + 1 }, () => newId());
  const ids: string[] = [];
  for (const who of people) ids.push(await join(who, eventId, now));
  const [first = ""] = ids;
  await cancelRegistration(events.context(people[0] ?? "", now), first);
  return { eventId, people: people.slice(1), ids: ids.slice(1) };
}

describe("an offer", () => {
  test("holds its seat until it is accepted", async () => {
    const { eventId, people, ids } = await offered();
    const [bob = "", cem = ""] = people;
    expect(await seen(bob, eventId, NOW)).toMatchObject({
      status: "OFFERED",
      offerExpiresAt: later(5 * MINUTE_MS).toISOString(),
      waitlistPosition: null,
    });
    expect(await seen(cem, eventId, NOW)).toMatchObject({
      status: "WAITLISTED",
      waitlistPosition: 1,
    });
    await join(newId(), eventId);
    const accept = () => answerOffer(events.context(bob, NOW, 1), ids[0] ?? "", "accept");
    expect(await accept()).toMatchObject({ kind: "answered" });
    expect(await accept()).toMatchObject({ kind: "answered" });
    expect(await seen(bob, eventId, NOW)).toMatchObject({ status: "CONFIRMED" });
    expect(await seen(cem, eventId, NOW)).toMatchObject({ status: "WAITLISTED" });
  });

  test("is declined for the next, and is nobody else's to answer", async () => {
    const { eventId, people, ids } = await offered();
    const [bob = "", cem = ""] = people;
    const answer = (who: string, what: "accept" | "decline") =>
      answerOffer(events.context(who, NOW), ids[0] ?? "", what);
    expect(await answer(cem, "accept")).toEqual({ kind: "notFound" });
    expect(await answer(bob, "decline")).toMatchObject({ kind: "answered" });
    expect(await answer(bob, "decline")).toMatchObject({ kind: "answered" });
    expect(await answer(bob, "accept")).toEqual({ kind: "wrongStatus", status: "DECLINED" });
    expect(await seen(cem, eventId, NOW)).toMatchObject({ status: "OFFERED" });
    expect(await join(bob, eventId)).not.toBe(ids[0]);
    expect(await seen(bob, eventId, NOW)).toMatchObject({
      status: "WAITLISTED",
      waitlistPosition: 1,
    });
  });

  test("is over at its end, before anybody has noticed, and passes on by its job", async () => {
    const { eventId, people, ids } = await offered();
    const [bob = "", cem = ""] = people;
    const end = later(5 * MINUTE_MS);
    expect(await seen(bob, eventId, later(-1, end))).toMatchObject({ status: "OFFERED" });
    expect(await seen(bob, eventId, end)).toMatchObject({
      status: "EXPIRED",
      cancelledBy: "SYSTEM",
    });
    await events.work(later(-1, end));
    expect(await seen(cem, eventId, end)).toMatchObject({ status: "WAITLISTED" });
    await events.work(end);
    expect(await seen(cem, eventId, end)).toMatchObject({
      status: "OFFERED",
      offerExpiresAt: later(5 * MINUTE_MS, end).toISOString(),
    });
    expect(await answerOffer(events.context(bob, end), ids[0] ?? "", "accept")).toEqual({
      kind: "expired",
      expiredAt: end,
    });
  });

  test("that is over lets its person register again at once", async () => {
    const { eventId, people, ids } = await offered(NOW, {}, 1);
    const [bob = ""] = people;
    const again = await join(bob, eventId, later(5 * MINUTE_MS));
    expect(again).not.toBe(ids[0]);
    expect(await seen(bob, eventId, later(5 * MINUTE_MS))).toMatchObject({ status: "CONFIRMED" });
  });

  test("ends with the start of the event, after which nobody on the waitlist moves", async () => {
    const late = later(-2 * MINUTE_MS, START);
    const { eventId, people } = await offered(late);
    const [bob = "", cem = ""] = people;
    expect(await seen(bob, eventId, late)).toMatchObject({ offerExpiresAt: START.toISOString() });
    await events.work(START);
    expect(await seen(bob, eventId, START)).toMatchObject({ status: "EXPIRED" });
    expect(await seen(cem, eventId, START)).toMatchObject({ status: "WAITLISTED" });
    const dee = newId();
    await join(dee, eventId, START);
    expect(await seen(dee, eventId, START)).toMatchObject({
      status: "WAITLISTED",
      waitlistPosition: 2,
    });
  });

  test("is shortened when the event starts earlier, and the person is told", async () => {
    const { eventId, people } = await offered();
    const [bob = ""] = people;
    const start = later(MINUTE_MS);
    await events.change(eventId, NOW, `starts_at = '${start.toISOString()}'`);
    expect(await seen(bob, eventId, NOW)).toMatchObject({
      status: "OFFERED",
      offerExpiresAt: start.toISOString(),
    });
    const told = await events.sql<{ until: string }>(
      `select payload->>'offerExpiresAt' as until from stream_entry
       where stream_id = $1 order by seq desc limit 1`,
      [`person:${bob}`],
    );
    expect(new Date(told[0]?.until ?? 0)).toEqual(start);
    await events.work(start);
    expect(await seen(bob, eventId, start)).toMatchObject({ status: "EXPIRED" });
  });

  test("is either accepted or passed on at its end, whatever the clocks of the replicas say", async () => {
    const ms = fc.integer({ min: -2, max: 2 });
    await fc.assert(
      fc.asyncProperty(ms, fc.nat(2), async (acceptMs, passMs) => {
        const { eventId, people, ids } = await offered();
        const [bob = "", cem = ""] = people;
        const end = later(5 * MINUTE_MS);
        const now = later(2, end);
        const [outcome] = await Promise.all([
          answerOffer(events.context(bob, later(acceptMs, end)), ids[0] ?? "", "accept"),
          events.work(later(passMs, end)),
        ]);
        const isAccepted = outcome.kind === "answered";
        if (acceptMs >= 0) expect(isAccepted).toBe(false);
        expect(await seen(bob, eventId, now)).toMatchObject({
          status: isAccepted ? "CONFIRMED" : "EXPIRED",
        });
        expect(await seen(cem, eventId, now)).toMatchObject({
          status: isAccepted ? "WAITLISTED" : "OFFERED",
        });
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

describe("a lower capacity", () => {
  test("puts nobody out, tells parties that cannot fit any more, and lets others pass them", async () => {
    const eventId = await events.event(newId(), NOW, { capacity: 4, passesMax: 0 });
    const [ada, big, cem] = [newId(), newId(), newId()];
    const adas = await join(ada, eventId, NOW, 2);
    await join(big, eventId, NOW, 4);
    await join(cem, eventId);
    await events.change(eventId, NOW, "capacity = 1");
    expect(await seen(ada, eventId, NOW)).toMatchObject({ status: "CONFIRMED" });
    expect(await seen(big, eventId, NOW)).toMatchObject({ status: "WAITLISTED", isTooLarge: true });
    await cancelRegistration(events.context(ada, NOW), adas);
    expect(await seen(cem, eventId, NOW)).toMatchObject({ status: "CONFIRMED" });
    await events.change(eventId, NOW, "capacity = 5");
    expect(await seen(big, eventId, NOW)).toMatchObject({ status: "CONFIRMED", isTooLarge: false });
    const told = await events.sql<{ payload: Viewed }>(
      "select payload from stream_entry where stream_id = $1 order by seq",
      [`person:${big}`],
    );
    const states = told.map(({ payload }) => [payload.status, payload.isTooLarge]);
    expect(states).toEqual([
      ["WAITLISTED", false],
      ["WAITLISTED", true],
      ["CONFIRMED", false],
    ]);
  });
});
