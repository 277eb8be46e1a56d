// Guarantees about the times of events.
import { describe, expect, test } from "vitest";
import { hasEnded, timeMistakes } from "./rules.ts";

describe("the times of a new event", () => {
  const now = new Date("2026-05-04T12:00:00Z");
  const at = (text: string) => new Date(text);

  test.each([
    ["2026-05-04T12:00:01Z", "2026-05-04T13:00:00Z", []],
    ["2026-05-04T12:00:00Z", "2026-05-04T13:00:00Z", ["startsAt"]],
    ["2026-05-05T12:00:00Z", "2026-05-05T12:00:00Z", ["endsAt"]],
    ["2026-05-05T12:00:00Z", "2026-06-04T12:00:00Z", []],
    ["2026-05-05T12:00:00Z", "2026-06-04T12:00:01Z", ["endsAt"]],
    ["2026-05-03T12:00:00Z", "2026-05-02T12:00:00Z", ["startsAt", "endsAt"]],
  ])("from %s to %s have mistakes in %j", (startsAt, endsAt, fields) => {
    const mistakes = timeMistakes({ startsAt: at(startsAt), endsAt: at(endsAt) }, now);
    expect(mistakes.map((mistake) => mistake.field)).toEqual(fields);
  });

  test("an event is over at the moment of its end", () => {
    expect(hasEnded({ endsAt: now }, now)).toBe(true);
    expect(hasEnded({ endsAt: at("2026-05-04T12:00:01Z") }, now)).toBe(false);
  });
});
