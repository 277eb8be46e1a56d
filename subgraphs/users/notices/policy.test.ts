// Guarantees about when notifications go out, and why they do not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minuteOfDay } from "#kit/input/time-zones";
import { CATEGORIES } from "./categories.ts";
import { dueAt, reasonToLeave, type Wanted } from "./policy.ts";
import type { NotificationPreferencesRow } from "./preferences/store.ts";

const plain: NotificationPreferencesRow = {
  digest: "AT_ONCE",
  quietFrom: null,
  quietTo: null,
  timeZone: "Europe/Paris",
  hasPushDetails: true,
  choices: {},
};
const night = { quietFrom: 22 * 60, quietTo: 7 * 60 };

function wanted(preferences: Partial<NotificationPreferencesRow>, more: Partial<Wanted> = {}) {
  return {
    policy: { category: "MATCHES" },
    channel: "EMAIL",
    channels: CATEGORIES.MATCHES,
    preferences: { ...plain, ...preferences },
    ...more,
  } satisfies Wanted as Wanted;
}

const at = (text: string) => new Date(text);
const due = (given: Wanted, now: string) => dueAt(given, at(now))?.toISOString() ?? null;

describe("a notification goes out", () => {
  it("at once without a wish", () => {
    expect(due(wanted({}), "2026-06-10T12:34:56.000Z")).toBe("2026-06-10T12:34:56.000Z");
  });

  it("with a mail of the next hour, or of eight in the morning where the person is", () => {
    const now = "2026-06-10T12:34:56.000Z";
    expect(due(wanted({ digest: "HOURLY" }), now)).toBe("2026-06-10T13:00:00.000Z");
    expect(due(wanted({ digest: "DAILY" }), now)).toBe("2026-06-11T06:00:00.000Z");
    const winter = "2026-10-24T12:00:00.000Z";
    expect(due(wanted({ digest: "DAILY" }), winter)).toBe("2026-10-25T07:00:00.000Z");
  });

  it("when the quiet hours end, over midnight too", () => {
    const quiet = wanted(night);
    expect(due(quiet, "2026-06-10T20:30:00.000Z")).toBe("2026-06-11T05:00:00.000Z");
    expect(due(quiet, "2026-06-11T04:59:00.000Z")).toBe("2026-06-11T05:00:00.000Z");
    expect(due(quiet, "2026-06-11T05:00:00.000Z")).toBe("2026-06-11T05:00:00.000Z");
    const push = wanted(night, { channel: "PUSH" });
    expect(due(push, "2026-06-10T20:30:00.000Z")).toBe("2026-06-11T05:00:00.000Z");
  });

  it("at once if it is critical, whatever is quiet or gathered", () => {
    const policy = { category: "EVENTS", isCritical: true } as const;
    const given = wanted({ ...night, digest: "DAILY" }, { policy });
    expect(due(given, "2026-06-10T22:30:00.000Z")).toBe("2026-06-10T22:30:00.000Z");
  });

  it("later if its kind's mail waits, and its push does not wait", () => {
    const policy = { category: "MENTIONS", mailDelayMs: 600_000 } as const;
    expect(due(wanted({}, { policy }), "2026-06-10T12:00:00.000Z")).toBe(
      "2026-06-10T12:10:00.000Z",
    );
    expect(due(wanted({}, { policy, channel: "PUSH" }), "2026-06-10T12:00:00.000Z")).toBe(
      "2026-06-10T12:00:00.000Z",
    );
  });

  it("not by a channel that is off", () => {
    const channels = { EMAIL: false, PUSH: true };
    expect(due(wanted({}, { channels }), "2026-06-10T12:00:00.000Z")).toBeNull();
  });

  it("never in quiet hours, never before it happened, and within two days", () => {
    const zones = [
      "UTC",
      "Europe/Paris",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Asia/Kolkata",
    ];
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        fc.record({
          quiet: fc.tuple(minute, minute).filter(([from, to]) => from !== to),
          timeZone: fc.constantFrom(...zones),
          digest: fc.constantFrom("AT_ONCE" as const, "HOURLY" as const, "DAILY" as const),
          channel: fc.constantFrom("EMAIL" as const, "PUSH" as const),
          now: fc.date({ min: at("2026-01-01"), max: at("2027-01-01"), noInvalidDate: true }),
        }),
        ({ quiet: [quietFrom, quietTo], timeZone, digest, channel, now }) => {
          const given = wanted({ quietFrom, quietTo, timeZone, digest }, { channel });
          const found = dueAt(given, now) ?? at("1970-01-01");
          expect(found.getTime()).toBeGreaterThanOrEqual(now.getTime());
          expect(found.getTime() - now.getTime()).toBeLessThanOrEqual(50 * 3_600_000);
          const shown = minuteOfDay(found, timeZone);
          const isQuiet =
            quietFrom < quietTo
              ? quietFrom <= shown && shown < quietTo
              : quietFrom <= shown || shown < quietTo;
          expect(isQuiet && shown !== quietTo).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a notification whose time has come is left", () => {
  const now = at("2026-06-10T12:00:00.000Z");
  const turn = { readAt: null, validUntil: null };

  it("if it is read, over, or off by now, and else it is sent", () => {
    expect(reasonToLeave(wanted({}), turn, now)).toBeNull();
    expect(reasonToLeave(wanted({}), { ...turn, readAt: now }, now)).toBe("READ");
    expect(reasonToLeave(wanted({}), { ...turn, validUntil: now }, now)).toBe("OVER");
    const channels = { EMAIL: false, PUSH: true };
    expect(reasonToLeave(wanted({}, { channels }), turn, now)).toBe("OFF");
  });
});
