// Guarantees about seats, the waitlist and cancellations.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgeRegistration as judge, judgeCancellation, promoted } from "./rules.ts";

const nothing = { active: null, sameKey: null, isBarred: false, isAbandoned: false };
const now = new Date("2026-05-04T12:00:00Z");
const later = new Date("2026-05-04T12:00:01Z");
const event = {
  endsAt: later,
  capacity: 10,
  seatsTaken: 7,
  seatsOffered: 0,
  hasWaitlist: true,
  waitlistLength: 0,
};
const request = { partySize: 3, hash: "h" };

type Judge = typeof judge<{ readonly id: string }>;
const judgeRegistration = (
  ...[seats, earlier, input]: [Parameters<Judge>[0], Parameters<Judge>[1], Parameters<Judge>[2]]
) => judge(seats, earlier, input, now);

describe("a request for seats", () => {
  test("is confirmed while the party fits and nobody is on the waitlist", () => {
    expect(judgeRegistration(event, nothing, request)).toEqual({ kind: "confirmed" });
  });

  test("goes on the waitlist when the party does not fit", () => {
    expect(judgeRegistration(event, nothing, { ...request, partySize: 4 })).toEqual({
      kind: "waitlisted",
      waitlistPosition: 1,
    });
  });

  test("goes on the waitlist behind others, even when it would fit", () => {
    const waited = { ...event, waitlistLength: 2 };
    expect(judgeRegistration(waited, nothing, { ...request, partySize: 1 })).toEqual({
      kind: "waitlisted",
      waitlistPosition: 3,
    });
  });

  test("is refused with facts where there is no waitlist", () => {
    const closed = { ...event, hasWaitlist: false };
    expect(judgeRegistration(closed, nothing, { ...request, partySize: 4 })).toEqual({
      kind: "full",
      capacity: 10,
      seatsLeft: 3,
    });
  });

  test("of a barred person is refused, except for an active registration and a retry", () => {
    const barred = { ...nothing, isBarred: true };
    expect(judgeRegistration(event, barred, request)).toEqual({ kind: "notAdmitted" });
    const active = { id: "r", requestHash: "h" };
    expect(judgeRegistration(event, { ...barred, active }, request)).toEqual({
      kind: "alreadyRegistered",
      registration: active,
    });
    expect(judgeRegistration(event, { ...barred, sameKey: active }, request)).toMatchObject({
      kind: "replayed",
    });
  });

  test("is refused when the party could never fit", () => {
    expect(judgeRegistration(event, nothing, { ...request, partySize: 11 })).toEqual({
      kind: "partyTooLarge",
      capacity: 10,
    });
  });

  test("with a known key gets the earlier result, or a conflict when it is a different request", () => {
    const sameKey = { id: "r", requestHash: "h" };
    const earlier = { active: sameKey, sameKey, isBarred: false, isAbandoned: false };
    expect(judgeRegistration(event, earlier, request)).toEqual({
      kind: "replayed",
      registration: sameKey,
    });
    expect(judgeRegistration(event, earlier, { ...request, hash: "other" })).toEqual({
      kind: "idempotencyConflict",
    });
  });

  test("of a person with an active registration gets that registration", () => {
    const active = { id: "r", requestHash: "h" };
    expect(
      judgeRegistration(
        event,
        { active, sameKey: null, isBarred: false, isAbandoned: false },
        request,
      ),
    ).toEqual({
      kind: "alreadyRegistered",
      registration: active,
    });
  });
});

test("the longest head of the waitlist that fits moves up", () => {
  const waitlist = fc.array(fc.record({ partySize: fc.integer({ min: 1, max: 10 }) }));
  fc.assert(
    fc.property(waitlist, fc.nat(40), (waiting, seatsLeft) => {
      const moving = promoted(waiting, seatsLeft);
      const seats = (parties: typeof waiting) =>
        parties.reduce((sum, each) => sum + each.partySize, 0);
      expect(moving).toEqual(waiting.slice(0, moving.length));
      expect(seats(moving)).toBeLessThanOrEqual(seatsLeft);
      if (moving.length < waiting.length) {
        expect(seats(waiting.slice(0, moving.length + 1))).toBeGreaterThan(seatsLeft);
      }
    }),
  );
});

test("an event that is over takes no registrations, but a retry still gets its result", () => {
  const over = { ...event, endsAt: now };
  expect(judgeRegistration(over, nothing, request)).toEqual({ kind: "ended", endedAt: now });
  const sameKey = { id: "r", requestHash: "h" };
  expect(
    judgeRegistration(over, { active: null, sameKey, isBarred: false, isAbandoned: false }, request)
      .kind,
  ).toBe("replayed");
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
