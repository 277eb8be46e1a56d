// Guarantees about the times of events: shown by the clocks of their place, in both languages.
import { expect, test } from "vitest";
import { formatMoment, formatSpan, isElsewhere, zoneName } from "./times.ts";

const [starts, ends] = ["2026-12-04T17:00:00Z", "2026-12-04T19:30:00Z"];

test("an event is shown with its day once, and its times in its zone", () => {
  expect(formatSpan(starts, ends, "en-GB", "Europe/Berlin")).toMatch(
    /^Friday,? 4 December 2026(,| at) 18:00\s?–\s?20:30$/,
  );
  expect(formatSpan(starts, ends, "fr", "Asia/Kolkata")).toMatch(
    /^vendredi 4 décembre 2026.*22:30.*samedi 5 décembre 2026.*01:00$/,
  );
});

test("a moment is short, and names its day", () => {
  expect(formatMoment(starts, "en-GB", "America/New_York")).toMatch(/^Fri,? 4 Dec(,| at) 12:00$/);
});

test("the clocks of a zone have a name, by the time of year", () => {
  expect(zoneName(starts, "en-GB", "Europe/Berlin")).toBe("Central European Standard Time");
  expect(zoneName("2026-07-04T17:00:00Z", "fr", "Europe/Paris")).toBe(
    "heure d’été d’Europe centrale",
  );
});

test("readers are elsewhere only when their clocks differ at that time", () => {
  expect(isElsewhere(starts, "Europe/Berlin", "Europe/Paris")).toBe(false);
  expect(isElsewhere(starts, "Europe/Berlin", "Europe/London")).toBe(true);
  expect(isElsewhere(starts, "Africa/Lagos", "Europe/London")).toBe(true);
  expect(isElsewhere("2026-07-04T17:00:00Z", "Africa/Lagos", "Europe/London")).toBe(false);
});
