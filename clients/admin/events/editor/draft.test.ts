// Guarantees about the form of an event before it is sent.
import { expect, test } from "vitest";
import { type Draft, judge, newDraft } from "./draft.ts";

const NOW = new Date("2026-11-30T10:00:00Z");
const draft: Draft = { ...newDraft(NOW, "Europe/Paris"), title: "Compilers" };

const mistakesOf = (change: Partial<Draft>) => {
  const verdict = judge({ ...draft, ...change }, NOW);
  return "mistakes" in verdict ? verdict.mistakes : null;
};

test("a new event is an evening in a week, at the organizer's clock, and may be sent so", () => {
  expect(judge(draft, NOW)).toEqual({
    input: {
      title: "Compilers",
      description: null,
      venue: null,
      startsAt: "2026-12-07T17:30:00.000Z",
      endsAt: "2026-12-07T20:00:00.000Z",
      timeZone: "Europe/Paris",
      capacity: 40,
      partySizeMax: 10,
      hasWaitlist: true,
      isApprovalRequired: false,
      offerMinutes: null,
      passesMax: 3,
      tags: [],
    },
  });
});

test("tags are words between commas, and an empty box means no waitlist", () => {
  const verdict = judge({ ...draft, tags: " rust, ,wasm ", hasWaitlist: "" }, NOW);
  expect(verdict).toMatchObject({ input: { tags: ["rust", "wasm"], hasWaitlist: false } });
});

test("each mistake is at its field, all of them at once", () => {
  expect(mistakesOf({ startsAt: "2026-11-30T10:59" })).toEqual({ startsAt: "past" });
  expect(mistakesOf({ endsAt: draft.startsAt })).toEqual({ endsAt: "endBeforeStart" });
  expect(mistakesOf({ endsAt: "2027-01-20T10:00" })).toEqual({ endsAt: "tooLong" });
  expect(mistakesOf({ timeZone: "Europe/Atlantis" })).toEqual({ timeZone: "timeZone" });
  for (const capacity of ["0", "-1", "1.5", "many", "100001"]) {
    expect(mistakesOf({ capacity })).toEqual({ capacity: "capacity" });
  }
  expect(mistakesOf({ partySizeMax: "101" })).toEqual({ partySizeMax: "partySizeMax" });
  expect(mistakesOf({ tags: "a,b,c,d,e,f,g,h,i,j,k", capacity: "0", startsAt: "soon" })).toEqual({
    startsAt: "time",
    capacity: "capacity",
    tags: "tooManyTags",
  });
});

test("a time counts on the clock of the place, not of the reader", () => {
  // Half past nine in Auckland is over; in Paris it is tonight.
  const tonight = { startsAt: "2026-11-30T21:30", endsAt: "2026-11-30T23:00" };
  expect(mistakesOf(tonight)).toBeNull();
  expect(mistakesOf({ ...tonight, timeZone: "Pacific/Auckland" })).toEqual({ startsAt: "past" });
});

test("seats are offered for a time only where there is a waitlist", () => {
  const offered = { ...draft, offerMinutes: "120", isApprovalRequired: "on", passesMax: "0" };
  expect(judge(offered, NOW)).toMatchObject({
    input: { offerMinutes: 120, isApprovalRequired: true, passesMax: 0 },
  });
  expect(judge({ ...offered, hasWaitlist: "" }, NOW)).toMatchObject({
    input: { offerMinutes: null, hasWaitlist: false },
  });
});
