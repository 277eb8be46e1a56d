// Guarantees about the form of an event before it is sent.
import { expect, test } from "vitest";
import { type Draft, draftOf, inputOf, newDraft } from "./draft.ts";
import { mistakesIn } from "./mistakes.ts";

const NOW = new Date("2026-11-30T10:00:00Z");
const draft: Draft = { ...newDraft(NOW, "Europe/Paris"), title: "Compilers" };

const mistakesOf = (change: Partial<Draft>) => mistakesIn({ ...draft, ...change }, NOW);

test("a new event is an evening in a week, at the organizer's clock, and may be sent so", () => {
  expect(mistakesOf({})).toEqual({});
  expect(inputOf(draft)).toEqual({
    title: "Compilers",
    description: null,
    venue: null,
    onlineUrl: null,
    language: null,
    startsAt: "2026-12-07T17:30:00.000Z",
    endsAt: "2026-12-07T20:00:00.000Z",
    timeZone: "Europe/Paris",
    registrationOpensAt: null,
    registrationClosesAt: null,
    cancellationClosesAt: null,
    capacity: 40,
    partySizeMax: 10,
    hasWaitlist: true,
    isApprovalRequired: false,
    offerMinutes: null,
    passesMax: 3,
    tags: [],
  });
});

test("an event that is there comes back from the form as it was", () => {
  const event = inputOf({ ...draft, tags: "rust, wasm", language: "fr", offerMinutes: "45" });
  expect(inputOf(draftOf(event))).toEqual(event);
});

test("tags are words between commas, and an empty box means no waitlist", () => {
  const input = inputOf({ ...draft, tags: " rust, ,wasm ", hasWaitlist: "" });
  expect(input).toMatchObject({ tags: ["rust", "wasm"], hasWaitlist: false });
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
  expect(mistakesOf(tonight)).toEqual({});
  expect(mistakesOf({ ...tonight, timeZone: "Pacific/Auckland" })).toEqual({ startsAt: "past" });
});

test("times of an event that is there may have passed, as long as they stay", () => {
  const begun = { ...draft, startsAt: "2026-11-30T10:00", endsAt: "2026-11-30T13:00" };
  expect(mistakesIn(begun, NOW, begun)).toEqual({});
  expect(mistakesIn({ ...begun, startsAt: "2026-11-30T10:30" }, NOW, begun)).toEqual({
    startsAt: "past",
  });
});

test("the times of registration fit those of the event", () => {
  expect(mistakesOf({ registrationOpensAt: draft.endsAt })).toEqual({
    registrationOpensAt: "opensAfterEnd",
  });
  expect(mistakesOf({ registrationClosesAt: "2026-12-08T10:00" })).toEqual({
    registrationClosesAt: "closesAfterEnd",
  });
  const opens = "2026-12-02T10:00";
  expect(mistakesOf({ registrationOpensAt: opens, registrationClosesAt: opens })).toEqual({
    registrationClosesAt: "closesBeforeOpens",
  });
  expect(mistakesOf({ cancellationClosesAt: draft.endsAt })).toEqual({
    cancellationClosesAt: "cancelsAfterStart",
  });
});

test("an online link is an address that is encrypted", () => {
  expect(mistakesOf({ onlineUrl: "https://meet.example/1" })).toEqual({});
  for (const onlineUrl of ["meet.example", "http://meet.example", "javascript:alert(1)"]) {
    expect(mistakesOf({ onlineUrl })).toEqual({ onlineUrl: "onlineUrl" });
  }
});

test("seats are offered for a time only where there is a waitlist", () => {
  const offered = { ...draft, offerMinutes: "120", isApprovalRequired: "on", passesMax: "0" };
  expect(inputOf(offered)).toMatchObject({
    offerMinutes: 120,
    isApprovalRequired: true,
    passesMax: 0,
  });
  expect(inputOf({ ...offered, hasWaitlist: "" })).toMatchObject({
    offerMinutes: null,
    hasWaitlist: false,
  });
});
