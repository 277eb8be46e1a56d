// Guarantees about the time that is proposed for an event that is used again.
import { expect, test } from "vitest";
import { nextStart } from "./next-start.ts";

const next = (startsAt: string, now: string) =>
  nextStart(startsAt, "Europe/Paris", new Date(now)).toISOString();

test("an event that comes is proposed a week later", () => {
  expect(next("2026-12-02T17:30:00Z", "2026-11-30T10:00:00Z")).toBe("2026-12-09T17:30:00.000Z");
});

test("one that is over is proposed for the next such weekday", () => {
  expect(next("2026-11-04T17:30:00Z", "2026-11-30T10:00:00Z")).toBe("2026-12-02T17:30:00.000Z");
});

test("the clock time stays over a change of the clock", () => {
  expect(next("2026-10-21T16:30:00Z", "2026-10-20T10:00:00Z")).toBe("2026-10-28T17:30:00.000Z");
});
