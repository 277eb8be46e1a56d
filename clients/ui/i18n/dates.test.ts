// Guarantees about times and days, in both languages, around midnight and changes of the clock.
import { expect, test } from "vitest";
import { type DateReader, dayNumber, formatDay, formatListTime, formatTime } from "./dates.ts";

/** At noon of Sunday 29 November 2026 in Paris. */
const english: DateReader = reader("en-GB", "2026-11-29T11:00:00Z");
const french: DateReader = reader("fr", "2026-11-29T11:00:00Z");

function reader(locale: string, now: string, timeZone = "Europe/Paris"): DateReader {
  return { locale, now: new Date(now), timeZone };
}

test("a time is written as the reader's language and zone write it", () => {
  const at = "2026-11-29T13:05:00Z";
  expect(formatTime(at, english)).toBe("14:05");
  expect(formatTime(at, french)).toBe("14:05");
  expect(formatTime(at, { ...english, locale: "en-US" })).toMatch(/^2:05\sPM$/);
  expect(formatTime(at, { ...english, timeZone: "Asia/Kolkata" })).toBe("18:35");
});

test("a day is named by how long ago it is", () => {
  const days = [
    ["2026-11-29T05:00:00Z", "Today", "Aujourd’hui"],
    ["2026-11-28T05:00:00Z", "Yesterday", "Hier"],
    ["2026-11-27T05:00:00Z", "Friday", "Vendredi"],
    ["2026-11-23T05:00:00Z", "Monday", "Lundi"],
    ["2026-11-22T05:00:00Z", "Sunday 22 November", "Dimanche 22 novembre"],
    ["2025-11-22T05:00:00Z", "Saturday 22 November 2025", "Samedi 22 novembre 2025"],
  ] as const;
  for (const [at, inEnglish, inFrench] of days) {
    // Versions of Unicode's data differ in the comma.
    expect(formatDay(at, english).replace(",", "")).toBe(inEnglish);
    expect(formatDay(at, french)).toBe(inFrench);
  }
});

test("lists show today's time, then the day, then the date", () => {
  const times = [
    ["2026-11-29T05:07:00Z", "06:07", "06:07"],
    ["2026-11-28T05:00:00Z", "Yesterday", "Hier"],
    ["2026-11-23T05:00:00Z", "Mon", "Lun."],
    ["2026-11-22T05:00:00Z", "22 Nov", "22 nov."],
    ["2025-12-31T05:00:00Z", "31/12/2025", "31/12/2025"],
  ] as const;
  for (const [at, inEnglish, inFrench] of times) {
    expect(formatListTime(at, english)).toBe(inEnglish);
    expect(formatListTime(at, french)).toBe(inFrench);
  }
});

test("days change at the reader's midnight, in the reader's zone", () => {
  const lastMinute = "2026-11-28T22:59:00Z";
  const midnight = "2026-11-28T23:00:00Z";
  expect(formatDay(lastMinute, english)).toBe("Yesterday");
  expect(formatDay(midnight, english)).toBe("Today");
  expect(formatDay(midnight, { ...english, timeZone: "America/New_York" })).toBe("Yesterday");
  expect(formatListTime(lastMinute, reader("en-GB", midnight))).toBe("Yesterday");
});

test("days of 23 and of 25 hours are days", () => {
  // Paris put its clocks forward on 29 March 2026, and back on 25 October 2026.
  const short = reader("en-GB", "2026-03-29T22:30:00Z"); // 00:30 of the 30th
  expect(formatDay("2026-03-28T23:00:00Z", short)).toBe("Yesterday");
  expect(formatDay("2026-03-28T22:59:00Z", short)).toBe("Saturday");
  const long = reader("en-GB", "2026-10-25T22:59:00Z"); // 23:59 of the 25th
  expect(formatDay("2026-10-24T22:00:00Z", long)).toBe("Today");
  expect(formatDay("2026-10-24T21:59:00Z", long)).toBe("Yesterday");
});

test("yesterday may lie in another year", () => {
  const newYear = reader("fr", "2027-01-01T10:00:00Z");
  expect(formatDay("2026-12-31T10:00:00Z", newYear)).toBe("Hier");
  expect(formatListTime("2026-12-25T10:00:00Z", newYear)).toBe("25/12/2026");
});

test("a moment behind the device's clock has its time in lists and its date as a heading", () => {
  expect(formatListTime("2026-11-29T23:30:00Z", english)).toBe("00:30");
  expect(formatDay("2026-11-29T23:30:00Z", english)).toMatch(/^Monday,? 30 November$/);
});

test("a day has one number, from its first to its last minute", () => {
  const first = dayNumber("2026-11-28T23:00:00Z", "Europe/Paris");
  expect(dayNumber("2026-11-29T22:59:59Z", "Europe/Paris")).toBe(first);
  expect(dayNumber("2026-11-29T23:00:00Z", "Europe/Paris")).toBe(first + 1);
});
