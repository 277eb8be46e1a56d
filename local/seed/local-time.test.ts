// Local times across clock changes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type LocalTime, upcoming, wallClockMs } from "./local-time.ts";

const DAY_MS = 86_400_000;

test("an evening in Berlin is an hour earlier in UTC in summer time", () => {
  const evening: LocalTime = { weekday: 1, daysAhead: 0, at: "18:30" };
  const before = upcoming(evening, "Europe/Berlin", new Date("2026-03-21T12:00:00Z"));
  const after = upcoming(evening, "Europe/Berlin", new Date("2026-03-28T12:00:00Z"));
  expect(before.toISOString()).toBe("2026-03-23T17:30:00.000Z");
  expect(after.toISOString()).toBe("2026-03-30T16:30:00.000Z");
});

test("a morning on the day of a clock change is right", () => {
  const morning: LocalTime = { weekday: 7, daysAhead: 3, at: "08:00" };
  const spring = upcoming(morning, "America/New_York", new Date("2026-03-05T12:00:00Z"));
  const autumn = upcoming(morning, "Australia/Sydney", new Date("2026-04-02T00:00:00Z"));
  expect(spring.toISOString()).toBe("2026-03-08T12:00:00.000Z");
  expect(autumn.toISOString()).toBe("2026-04-04T22:00:00.000Z");
});

test("days are counted from the date in the zone, not in UTC", () => {
  const noon: LocalTime = { weekday: 5, daysAhead: 1, at: "12:00" };
  const now = new Date("2026-05-07T22:00:00Z"); // Thursday in London, Friday in Tokyo.
  expect(upcoming(noon, "Europe/London", now).toISOString()).toBe("2026-05-08T11:00:00.000Z");
  expect(upcoming(noon, "Asia/Tokyo", now).toISOString()).toBe("2026-05-15T03:00:00.000Z");
});

const ZONES = [
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Africa/Nairobi",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Kiritimati",
];

test("at any date, the clocks of the zone show the requested hour and weekday", () => {
  const times = fc.record({
    weekday: fc.constantFrom<LocalTime["weekday"][]>(1, 2, 3, 4, 5, 6, 7),
    daysAhead: fc.integer({ min: 0, max: 60 }),
    hour: fc.integer({ min: 8, max: 22 }),
    minute: fc.integer({ min: 0, max: 59 }),
  });
  const nows = fc.date({
    min: new Date("2024-01-01T00:00:00Z"),
    max: new Date("2036-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  const property = fc.property(times, fc.constantFrom(...ZONES), nows, (time, zone, now) => {
    const { hour, minute, weekday, daysAhead } = time;
    const at = `${hour}:${minute}` as const;
    const instant = upcoming({ weekday, daysAhead, at }, zone, now);
    const shown = new Date(wallClockMs(instant, zone));
    expect([shown.getUTCHours(), shown.getUTCMinutes()]).toEqual([hour, minute]);
    expect(shown.getUTCDay() || 7).toBe(weekday);
    const today = Math.floor(wallClockMs(now, zone) / DAY_MS);
    const days = Math.floor(shown.getTime() / DAY_MS) - today;
    expect(days).toBeGreaterThanOrEqual(daysAhead);
    expect(days).toBeLessThan(daysAhead + 7);
  });
  fc.assert(property, { numRuns: 500 });
});
