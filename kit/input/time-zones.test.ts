// Guarantees about time zones: one name for each, and times that stay where clocks show them.
import { describe, expect, test } from "vitest";
import { canonicalTimeZone, minuteOfDay, movedAlong, nextAtMinute } from "#kit/input/time-zones";

describe("the stored name of a time zone", () => {
  test.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["EUROPE/KIEV", "Europe/Kyiv"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["asia/kolkata", "Asia/Kolkata"],
    ["America/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
    ["US/Pacific", "America/Los_Angeles"],
    ["Etc/UTC", "UTC"],
    ["utc", "UTC"],
    ["Etc/GMT+5", "Etc/GMT+5"],
  ])("of %s is %s", (given, stored) => {
    expect(canonicalTimeZone(given)).toBe(stored);
  });

  test.each(["", " Europe/Berlin", "Mars/Base", "+01:00", "-05", "Europe", "Europe/Berlin/Mitte"])(
    "does not exist for %j",
    (given) => {
      expect(canonicalTimeZone(given)).toBeNull();
    },
  );

  test("is the same again, for every zone that Node knows", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const stored = canonicalTimeZone(zone) ?? "";
      expect(canonicalTimeZone(stored)).toBe(stored);
      expect(canonicalTimeZone(stored.toUpperCase())).toBe(stored);
    }
  });
});

describe("a time that moves along with another one", () => {
  const at = (text: string) => new Date(text);

  test("stays at the same hour of the clock when clocks change between", () => {
    // Berlin: an event on 4 November at 19:00 (+01) goes to 4 June (+02); its registration opened
    // on 20 October at 09:00 (+02) and opens on 20 May at 09:00 (+02).
    const moved = movedAlong(
      at("2026-10-20T07:00:00Z"),
      at("2026-11-04T18:00:00Z"),
      at("2026-06-04T17:00:00Z"),
      "Europe/Berlin",
    );
    expect(moved).toEqual(at("2026-05-20T07:00:00Z"));
  });

  test.each(["America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])(
    "goes where the other one goes, in %s",
    (zone) => {
      const [from, to] = [at("2026-03-01T12:00:00Z"), at("2026-10-30T01:30:00Z")];
      expect(movedAlong(from, from, to, zone)).toEqual(to);
    },
  );
});

describe("the next time that clocks show a minute of the day", () => {
  const next = (minute: number, from: string, zone = "Europe/Berlin") =>
    nextAtMinute(minute, new Date(from), zone).toISOString();

  test("is later on the day, or on the next day", () => {
    expect(next(9 * 60, "2026-06-10T06:59:00Z")).toBe("2026-06-10T07:00:00.000Z");
    expect(next(9 * 60, "2026-06-10T07:00:00Z")).toBe("2026-06-11T07:00:00.000Z");
    expect(next(0, "2026-06-10T23:30:00Z")).toBe("2026-06-11T22:00:00.000Z");
  });

  test("follows clocks that change", () => {
    expect(next(9 * 60, "2026-10-24T12:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
    // 02:30 is left out on that day.
    expect(next(150, "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:30:00.000Z");
  });

  test("is shown then, in every zone", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const found = nextAtMinute(615, new Date("2026-07-20T12:34:56Z"), zone);
      expect(minuteOfDay(found, zone)).toBe(615);
    }
  });
});
