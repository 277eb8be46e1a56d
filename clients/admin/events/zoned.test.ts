// Guarantees about times on the clock of a place.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isTimeZone, localOf, momentOf } from "./zoned.ts";

const at = (local: string, zone: string) => momentOf(local, zone)?.toISOString();

test("a time is that of the place's clock, in summer and in winter", () => {
  expect(at("2026-12-02T18:30", "Europe/Paris")).toBe("2026-12-02T17:30:00.000Z");
  expect(at("2026-07-02T18:30", "Europe/Paris")).toBe("2026-07-02T16:30:00.000Z");
  expect(at("2026-07-02T18:30", "Asia/Kolkata")).toBe("2026-07-02T13:00:00.000Z");
  expect(at("2026-07-02T18:30", "Pacific/Kiritimati")).toBe("2026-07-02T04:30:00.000Z");
});

test("an hour that comes twice is the first one", () => {
  expect(at("2026-10-25T02:30", "Europe/Paris")).toBe("2026-10-25T00:30:00.000Z");
});

test("a time that the clock jumps over is as long after the jump", () => {
  expect(at("2026-03-29T02:30", "Europe/Paris")).toBe("2026-03-29T01:30:00.000Z");
  expect(localOf("2026-03-29T01:30:00.000Z", "Europe/Paris")).toBe("2026-03-29T03:30");
});

test("every moment comes back from its clock, or its twin of the hour that comes twice", () => {
  const zones = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
  const minutes = fc.integer({ min: 29_000_000, max: 32_000_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const moment = new Date(minute * 60_000);
      const local = localOf(moment, zone);
      const back = momentOf(local, zone);
      expect(back && localOf(back, zone)).toBe(local);
      expect(back?.getTime()).toBeLessThanOrEqual(moment.getTime());
    }),
  );
});

test("what is no time is none", () => {
  for (const text of ["", "tomorrow", "2026-13-01T00:00", "2026-12-02"]) {
    expect(momentOf(text, "Europe/Paris")).toBeNull();
  }
});

test("zones are names that the browser knows", () => {
  expect(isTimeZone("Europe/Berlin")).toBe(true);
  expect(isTimeZone("Europe/Atlantis")).toBe(false);
  expect(isTimeZone("")).toBe(false);
});
