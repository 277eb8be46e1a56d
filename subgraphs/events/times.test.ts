// Guarantees about the times of events, and what they allow.
import { describe, expect, test } from "vitest";
import {
  cancellationRefusal,
  changedTimeMistakes,
  type EventTimes,
  hasEnded,
  newTimeMistakes,
  registrationRefusal,
} from "./times.ts";

const at = (text: string) => new Date(text);
const now = at("2026-05-04T12:00:00Z");
const TIMES: EventTimes & { readonly cancelledAt: Date | null } = {
  startsAt: at("2026-05-10T18:00:00Z"),
  endsAt: at("2026-05-10T20:00:00Z"),
  registrationOpensAt: null,
  registrationClosesAt: null,
  cancellationClosesAt: null,
  cancelledAt: null,
};
const fieldsOf = (mistakes: readonly { readonly field: string }[]) =>
  mistakes.map(({ field }) => field);

describe("the times of a new event", () => {
  test.each([
    ["2026-05-04T12:00:01Z", "2026-05-04T13:00:00Z", []],
    ["2026-05-04T12:00:00Z", "2026-05-04T13:00:00Z", ["startsAt"]],
    ["2026-05-05T12:00:00Z", "2026-05-05T12:00:00Z", ["endsAt"]],
    ["2026-05-05T12:00:00Z", "2026-06-04T12:00:00Z", []],
    ["2026-05-05T12:00:00Z", "2026-06-04T12:00:01Z", ["endsAt"]],
    ["2026-05-03T12:00:00Z", "2026-05-02T12:00:00Z", ["startsAt", "endsAt"]],
  ])("from %s to %s have mistakes in %j", (startsAt, endsAt, fields) => {
    const times = { ...TIMES, startsAt: at(startsAt), endsAt: at(endsAt) };
    expect(fieldsOf(newTimeMistakes(times, now))).toEqual(fields);
  });

  test.each([
    ["registrationOpensAt", "2026-05-10T19:59:59Z", []],
    ["registrationOpensAt", "2026-05-10T20:00:00Z", ["registrationOpensAt"]],
    ["registrationClosesAt", "2026-05-10T20:00:00Z", []],
    ["registrationClosesAt", "2026-05-10T20:00:01Z", ["registrationClosesAt"]],
    ["cancellationClosesAt", "2026-05-10T18:00:00Z", []],
    ["cancellationClosesAt", "2026-05-10T18:00:01Z", ["cancellationClosesAt"]],
  ] as const)("with %s at %s have mistakes in %j", (field, time, fields) => {
    expect(fieldsOf(newTimeMistakes({ ...TIMES, [field]: at(time) }, now))).toEqual(fields);
  });

  test("close registration after it opens", () => {
    const opens = at("2026-05-05T12:00:00Z");
    const times = { ...TIMES, registrationOpensAt: opens, registrationClosesAt: opens };
    expect(fieldsOf(newTimeMistakes(times, now))).toEqual(["registrationClosesAt"]);
  });
});

test("a changed event keeps a start that has passed, and cannot choose one", () => {
  const running = { ...TIMES, startsAt: at("2026-05-04T11:00:00Z") };
  expect(changedTimeMistakes(running, ["endsAt"], now)).toEqual([]);
  expect(fieldsOf(changedTimeMistakes(running, ["startsAt"], now))).toEqual(["startsAt"]);
});

test("an event is over at the moment of its end", () => {
  expect(hasEnded({ endsAt: now }, now)).toBe(true);
  expect(hasEnded({ endsAt: at("2026-05-04T12:00:01Z") }, now)).toBe(false);
});

describe("registration", () => {
  const later = at("2026-05-04T12:00:01Z");
  test.each([
    ["is open", {}, null],
    ["opens at the very moment", { registrationOpensAt: now }, null],
    ["is not open before", { registrationOpensAt: later }, "notOpen"],
    ["is open until it closes", { registrationClosesAt: later }, null],
    ["is closed from that moment on", { registrationClosesAt: now }, "closed"],
    ["ends with the event", { endsAt: now, registrationClosesAt: now }, "ended"],
    ["ends when the event is cancelled", { cancelledAt: now, endsAt: now }, "eventCancelled"],
  ])("%s", (_what, times, kind) => {
    expect(registrationRefusal({ ...TIMES, ...times }, now)?.kind ?? null).toBe(kind);
  });
});

describe("cancelling a registration", () => {
  const late = { ...TIMES, cancellationClosesAt: now };
  test("is for those who manage the event alone from the deadline on", () => {
    expect(cancellationRefusal(late, false, now)?.kind).toBe("cancellationClosed");
    expect(cancellationRefusal(late, false, new Date(now.getTime() - 1))).toBeNull();
    expect(cancellationRefusal(late, true, now)).toBeNull();
  });
  test("is for nobody when the event is cancelled", () => {
    const cancelled = { ...TIMES, cancelledAt: now };
    expect(cancellationRefusal(cancelled, true, now)?.kind).toBe("eventCancelled");
  });
});
