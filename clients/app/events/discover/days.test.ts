// Guarantees about events by day.
import { expect, it } from "vitest";
import { byDay } from "./days.ts";

const NOW = new Date("2026-12-02T15:00:00Z");
const at = (startsAt: string) => ({ startsAt });
const sizes = (zone: string, ...starts: string[]) =>
  byDay(starts.map(at), NOW, zone).map(({ startsAt, events }) => [
    startsAt?.slice(0, 10) ?? null,
    events.length,
  ]);

it("a day is one of the reader's calendar, and what has begun comes first", () => {
  const starts = ["2026-12-02T14:00:00Z", "2026-12-02T22:30:00Z", "2026-12-02T23:30:00Z"];
  expect(sizes("Europe/London", ...starts)).toEqual([
    [null, 1],
    ["2026-12-02", 2],
  ]);
  expect(sizes("Europe/Paris", ...starts)).toEqual([
    [null, 1],
    ["2026-12-02", 1],
    ["2026-12-02", 1],
  ]);
});

it("an event that begins this moment has begun", () => {
  expect(sizes("UTC", "2026-12-02T15:00:00Z")).toEqual([[null, 1]]);
  expect(byDay([], NOW)).toEqual([]);
});
