// The demo events are within the limits of the schema, and some of them are full.
import { graphql } from "graphql";
import { describe, expect, test } from "vitest";
import { subgraphSchema } from "#kit/service/subgraph";
import { operation } from "#schema/operations";
import { decide, seatsByType } from "../../subgraphs/events/seats/passing.ts";
import { newTimeMistakes } from "../../subgraphs/events/times.ts";
import type { EventPlan } from "./events/plan.ts";
import { events, newEventOf } from "./events.ts";
import { wallClockMs } from "./local-time.ts";
import { people } from "./people.ts";

const NOW = new Date("2026-02-27T22:45:10.123Z");
const DAY_MS = 86_400_000;
const accounts = people.map((person) => person.account);
const published = events.filter((plan) => !plan.isDraft);

/** The SDL with all its limits, and resolvers that return their input. */
const schema = subgraphSchema("events", [
  {
    Mutation: {
      createEvent: (_root: unknown, { input }: { input: object }) => ({
        __typename: "CreateEventSuccess",
        event: { id: "1", status: "DRAFT", seatsLeft: 1, version: 1, ...input },
      }),
      registerForEvent: (_root: unknown, { input }: { input: object }) => ({
        __typename: "RegisterForEventSuccess",
        registration: { id: "1", status: "CONFIRMED", ...input },
      }),
    },
  },
]);

const run = (name: string, input: object) =>
  graphql({ schema, source: operation(name), variableValues: { input } });

interface PlannedGuest {
  readonly account: string;
  readonly partySize: number;
}

/** Applies the product's own rule of giving seats to the guests of a plan, who come in order. */
function outcomeOf(plan: EventPlan) {
  let seatsTaken = 0;
  const seated: string[] = [];
  let waiting: (PlannedGuest & { passes: number; readonly ticketTypeId: null })[] = [];
  for (const guest of plan.guests.slice(0, plan.approves)) {
    const list = [...waiting, { ...guest, passes: 0, ticketTypeId: null }];
    const limits = { passesMax: 3, givenMax: list.length };
    const { given } = decide(list, seatsByType(plan.capacity - seatsTaken, new Map()), limits);
    seated.push(...given.map(({ account }) => account));
    seatsTaken += given.reduce((sum, { partySize }) => sum + partySize, 0);
    waiting = list.filter((party) => !given.includes(party));
    for (const party of waiting) party.passes += given.length;
  }
  const isFull = seatsTaken === plan.capacity;
  return { plan, isFull, seated, waiting: waiting.map(({ account }) => account) };
}

const outcomes = events.map(outcomeOf);
const full = outcomes.filter((outcome) => outcome.isFull);

test("twenty events take place, and Ada has a draft and a cancelled one besides", () => {
  const cancelled = published.filter((plan) => plan.cancelledBecause !== undefined);
  expect(published.length - cancelled.length).toBe(20);
  expect(cancelled.map((plan) => plan.organizer)).toEqual(["ada"]);
  const drafts = events.filter((plan) => plan.isDraft);
  expect(drafts.map((plan) => plan.organizer)).toEqual(["ada"]);
  expect(drafts.flatMap((plan) => plan.guests)).toEqual([]);
});

test("no two events have one title, so that a second seed finds each again", () => {
  expect(new Set(events.map((plan) => plan.title)).size).toBe(events.length);
});

test("Ada runs at least two public events and Grace one", () => {
  const organizers = published.map((plan) => plan.organizer);
  expect(organizers.filter((account) => account === "ada").length).toBeGreaterThanOrEqual(2);
  expect(organizers).toContain("grace");
});

test("the events are spread over at least seven time zones", () => {
  expect(new Set(events.map((plan) => plan.timeZone)).size).toBeGreaterThanOrEqual(7);
});

describe.each(events)("$title", (plan: EventPlan) => {
  const input = newEventOf(plan, NOW);

  test("is within the limits of the schema", async () => {
    const answer = await run("CreateEvent", input);
    expect(answer.errors).toBeUndefined();
    expect(plan.capacity).toBeGreaterThanOrEqual(4);
    expect(plan.capacity).toBeLessThanOrEqual(200);
    expect(plan.tags.length).toBeGreaterThan(0);
  });

  test("begins 3 to 60 days from now, in the daytime of its own zone", () => {
    const aheadMs = input.startsAt.getTime() - NOW.getTime();
    expect(aheadMs).toBeGreaterThanOrEqual(3 * DAY_MS);
    expect(aheadMs).toBeLessThanOrEqual(60 * DAY_MS);
    const hours = [input.startsAt, input.endsAt].map((instant) =>
      new Date(wallClockMs(instant, plan.timeZone)).getUTCHours(),
    );
    expect(hours[0]).toBeGreaterThanOrEqual(8);
    expect(hours[0]).toBeLessThanOrEqual(20);
    expect(hours[1]).toBeLessThanOrEqual(22);
    expect(hours[1]).toBeGreaterThan(hours[0] ?? 0);
    const none = { registrationOpensAt: null, registrationClosesAt: null };
    expect(newTimeMistakes({ ...none, cancellationClosesAt: null, ...input }, NOW)).toEqual([]);
  });

  test("names an organizer and guests who exist, each guest once", async () => {
    expect(accounts).toContain(plan.organizer);
    const invited = plan.guests.map((guest) => guest.account);
    expect(new Set(invited).size).toBe(invited.length);
    expect(invited).not.toContain(plan.organizer);
    for (const account of [...invited, ...(plan.hosts ?? [])]) expect(accounts).toContain(account);
    for (const { partySize } of plan.guests) {
      const answer = await run("RegisterForEvent", { eventId: "1", partySize });
      expect(answer.errors).toBeUndefined();
    }
  });
});

test("at least three events are full, two of them with a waitlist of two or more, one without", () => {
  expect(full.length).toBeGreaterThanOrEqual(3);
  expect(full.filter(({ waiting }) => waiting.length >= 2).length).toBeGreaterThanOrEqual(2);
  expect(full.filter(({ waiting }) => waiting.length === 0).length).toBeGreaterThanOrEqual(1);
  expect(full.some(({ plan }) => !plan.hasWaitlist)).toBe(true);
});

test("only full events have people on the waitlist", () => {
  const waited = outcomes.filter(({ waiting }) => waiting.length > 0);
  for (const { isFull } of waited) expect(isFull).toBe(true);
});

test("two events offer their free seats, and one decides about each registration", () => {
  const offering = outcomes.filter(({ plan }) => plan.offerMinutes);
  expect(offering).toHaveLength(2);
  for (const { waiting } of offering) expect(waiting).not.toEqual([]);
  const [asking] = events.filter((plan) => plan.approves !== undefined);
  expect(asking?.approves).toBeLessThan(asking?.guests.length ?? 0);
});

test("a guest who gives up has a seat, which is offered to Ada", () => {
  const [given, ...others] = outcomes.filter(({ plan }) => plan.givesUp);
  expect(others).toEqual([]);
  for (const account of given?.plan.givesUp ?? []) expect(given?.seated).toContain(account);
  expect(given?.plan.offerMinutes).toBeGreaterThan(0);
  expect(given?.waiting[0]).toBe("ada");
});

test("one event has ticket types, of which each is enough for all of its guests", () => {
  const [typed, ...others] = outcomes.filter(({ plan }) => plan.ticketTypes);
  expect(others).toEqual([]);
  expect(typed?.waiting).toEqual([]);
  const guests = typed?.plan.guests.reduce((sum, { partySize }) => sum + partySize, 0) ?? 0;
  for (const { quota = guests } of typed?.plan.ticketTypes ?? []) {
    expect(quota).toBeGreaterThanOrEqual(Math.ceil(guests / 2));
  }
});

test("registrations have at least four party sizes", () => {
  const sizes = new Set(events.flatMap((plan) => plan.guests.map((guest) => guest.partySize)));
  expect(sizes.size).toBeGreaterThanOrEqual(4);
});

test("Ada and Grace have seats at two events or more, and Grace is on a waitlist", () => {
  for (const account of ["ada", "grace"]) {
    const seats = outcomes.filter(({ seated }) => seated.includes(account));
    expect(seats.length).toBeGreaterThanOrEqual(2);
  }
  expect(outcomes.some(({ waiting }) => waiting.includes("grace"))).toBe(true);
});
