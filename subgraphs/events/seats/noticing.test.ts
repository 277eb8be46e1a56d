// Guarantees about the changes of registrations of which people are told.
import { describe, expect, it } from "vitest";
import type { Move } from "./moves.ts";
import { noticeOf } from "./noticing.ts";

type Row = Move["after"];
type Status = Row["status"];

const row = (status: Status, more: Partial<Row> = {}) =>
  ({ status, cancelledBy: null, offerExpiresAt: null, ...more }) as Row;

const kindOf = (before: Status | null, after: Row) =>
  noticeOf({ before: before && row(before), after })?.kind ?? null;

describe("a person is told", () => {
  it.each([
    [null, "CONFIRMED", "REGISTRATION_CONFIRMED"],
    ["PENDING_APPROVAL", "CONFIRMED", "REGISTRATION_CONFIRMED"],
    ["OFFERED", "CONFIRMED", "REGISTRATION_CONFIRMED"],
    ["WAITLISTED", "CONFIRMED", "SEAT_GIVEN"],
    [null, "WAITLISTED", "REGISTRATION_WAITLISTED"],
    ["PENDING_APPROVAL", "DECLINED", "REGISTRATION_DECLINED"],
    ["WAITLISTED", "OFFERED", "SEAT_OFFERED"],
    ["OFFERED", "EXPIRED", "OFFER_EXPIRED"],
  ] as const)("of the move from %s to %s as %s", (before, after, kind) => {
    expect(kindOf(before, row(after))).toBe(kind);
  });

  it("of a registration that the organizer has cancelled", () => {
    const cancelled = row("CANCELLED", { cancelledBy: "ORGANIZER" });
    expect(kindOf("CONFIRMED", cancelled)).toBe("REGISTRATION_CANCELLED");
  });

  it("until when an offer holds", () => {
    const offerExpiresAt = new Date("2026-12-24T17:00:00.000Z");
    const after = row("OFFERED", { offerExpiresAt });
    expect(noticeOf({ before: row("WAITLISTED"), after })).toEqual({
      kind: "SEAT_OFFERED",
      offerExpiresAt,
    });
  });
});

describe("a person is not told", () => {
  it.each([
    ["CONFIRMED", "CONFIRMED"],
    ["WAITLISTED", "WAITLISTED"],
    [null, "PENDING_APPROVAL"],
    ["CONFIRMED", "CHECKED_IN"],
    ["CHECKED_IN", "CONFIRMED"],
    ["NO_SHOW", "CONFIRMED"],
    ["CONFIRMED", "NO_SHOW"],
  ] as const)("of the move from %s to %s", (before, after) => {
    expect(kindOf(before, row(after))).toBeNull();
  });

  it.each(["ATTENDEE", "SYSTEM"] as const)("of a registration cancelled by %s", (cancelledBy) => {
    expect(kindOf("CONFIRMED", row("CANCELLED", { cancelledBy }))).toBeNull();
  });
});
