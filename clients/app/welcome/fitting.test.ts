// Guarantees about the events that a new person is shown: they are to come, and fit.
import { expect, it } from "vitest";
import { fittingEvents } from "./fitting.ts";

const now = new Date("2026-12-01T12:00:00Z");

const anEvent = (id: string, day: number, tags: string[], seatsLeft = 10) => ({
  id,
  title: id,
  venue: null,
  startsAt: `2026-12-${String(day).padStart(2, "0")}T18:00:00Z`,
  endsAt: `2026-12-${String(day).padStart(2, "0")}T20:00:00Z`,
  timeZone: "Europe/Paris",
  status: "PUBLISHED" as const,
  capacity: 10,
  seatsLeft,
  hasWaitlist: true,
  waitlistLength: 0,
  isOnline: false,
  tags,
  coverUrl: null,
  viewerRegistration: null,
});

const idsOf = (events: ReturnType<typeof anEvent>[], words: string[]) =>
  fittingEvents(events, words, now).map(({ event }) => event.id);

it("shared words come first, whatever their case, then the soonest", () => {
  const events = [
    anEvent("soon", 2, ["cooking"]),
    anEvent("later", 9, ["rust"]),
    anEvent("both", 20, ["RUST", "Compilers"]),
    anEvent("never shown", 21, []),
  ];
  expect(idsOf(events, ["Rust", "compilers"])).toEqual(["both", "later", "soon"]);
  expect(fittingEvents(events, ["Rust"], now)[0]?.shared).toEqual(["rust"]);
});

it("a full event comes behind those with seats, and one that has begun does not come", () => {
  const events = [
    anEvent("begun", 1, ["rust"]),
    anEvent("full", 2, ["rust"], 0),
    anEvent("free", 9, []),
  ].map((event) => (event.id === "begun" ? { ...event, startsAt: "2026-12-01T11:00:00Z" } : event));
  expect(idsOf(events, ["rust"])).toEqual(["free", "full"]);
});
