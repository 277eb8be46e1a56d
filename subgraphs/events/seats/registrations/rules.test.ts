// Guarantees about requests and cancellations.
import { describe, expect, test } from "vitest";
import { judgeRegistration as judge, judgeCancellation } from "./rules.ts";

const nothing = { active: null, sameKey: null, isBarred: false, isAbandoned: false };
const now = new Date("2026-05-04T12:00:00Z");
const later = new Date("2026-05-04T12:00:01Z");
const event = {
  endsAt: later,
  capacity: 10,
  partySizeMax: 10,
  isApprovalRequired: false,
};
const request = { partySize: 3, hash: "h" };

type Judge = typeof judge<Known>;
const judgeRegistration = (
  ...[seats, earlier, input]: [Parameters<Judge>[0], Parameters<Judge>[1], Parameters<Judge>[2]]
) => judge(seats, earlier, input, now);

interface Known {
  readonly status: string;
  readonly cancelledBy: null;
  readonly offerExpiresAt: Date | null;
  readonly requestHash: string;
}
const active: Known = {
  status: "CONFIRMED",
  cancelledBy: null,
  offerExpiresAt: null,
  requestHash: "h",
};

describe("a request for seats", () => {
  test("joins the list, or asks for approval first", () => {
    expect(judgeRegistration(event, nothing, request)).toEqual({
      kind: "admitted",
      status: "WAITLISTED",
    });
    expect(judgeRegistration({ ...event, isApprovalRequired: true }, nothing, request)).toEqual({
      kind: "admitted",
      status: "PENDING_APPROVAL",
    });
  });

  test("of a barred person is refused, except for an active registration and a retry", () => {
    const barred = { ...nothing, isBarred: true };
    expect(judgeRegistration(event, barred, request)).toEqual({ kind: "notAdmitted" });
    expect(judgeRegistration(event, { ...barred, active }, request)).toEqual({
      kind: "alreadyRegistered",
      registration: active,
    });
    expect(judgeRegistration(event, { ...barred, sameKey: active }, request)).toMatchObject({
      kind: "replayed",
    });
  });

  test.each([
    [10, 11, 20],
    [10, 6, 5],
  ])("at an event of %i is refused for a party of %i where %i is the largest", (...numbers) => {
    const [capacity, partySize, partySizeMax] = numbers;
    const bounded = { ...event, capacity, partySizeMax };
    expect(judgeRegistration(bounded, nothing, { ...request, partySize })).toEqual({
      kind: "partyTooLarge",
      capacity,
      partySizeMax,
    });
    expect(judgeRegistration(bounded, nothing, { ...request, partySize: 5 }).kind).toBe("admitted");
  });

  test("with a known key gets the earlier result, or a conflict when it is a different request", () => {
    const earlier = { ...nothing, active, sameKey: active };
    expect(judgeRegistration(event, earlier, request)).toEqual({
      kind: "replayed",
      registration: active,
    });
    expect(judgeRegistration(event, earlier, { ...request, hash: "other" })).toEqual({
      kind: "idempotencyConflict",
    });
  });

  test("of a person with an active registration gets that registration", () => {
    expect(judgeRegistration(event, { ...nothing, active }, request)).toEqual({
      kind: "alreadyRegistered",
      registration: active,
    });
  });
});

test("an event that is over takes no registrations, but a retry still gets its result", () => {
  const over = { ...event, endsAt: now };
  expect(judgeRegistration(over, nothing, request)).toEqual({ kind: "ended", endedAt: now });
  const sameKey = active;
  expect(judgeRegistration(over, { ...nothing, sameKey }, request).kind).toBe("replayed");
});

describe("a cancellation", () => {
  const registration = { attendeeId: "ada", status: "CONFIRMED" };
  test("records who cancelled", () => {
    expect(judgeCancellation(event, registration, "ada", now)).toEqual({
      kind: "cancel",
      cancelledBy: "ATTENDEE",
    });
    expect(judgeCancellation(event, registration, "olga", now)).toEqual({
      kind: "cancel",
      cancelledBy: "ORGANIZER",
    });
  });
  test("changes nothing the second time, and is too late when the event is over", () => {
    const over = { endsAt: now };
    const cancelled = { ...registration, status: "CANCELLED" };
    expect(judgeCancellation(over, cancelled, "ada", now)).toEqual({ kind: "over" });
    expect(judgeCancellation(over, registration, "ada", now)).toEqual({
      kind: "ended",
      endedAt: now,
    });
  });
});
