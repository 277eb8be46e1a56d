// Guarantees about the arithmetic of a bucket. tests/security/buckets.test.ts tests that the script
// in Redis equals it.
import {
  array,
  assert,
  constantFrom,
  double,
  integer,
  oneof,
  option,
  property,
  record,
} from "fast-check";
import { describe, expect, test } from "vitest";
import { greatestExcess, type Taking } from "../../tests/kit/intervals.ts";
import type { Rate } from "../limits/rates.ts";
import { charged, chargeOf, refundOf, remainingOf, waitMsOf } from "./bucket.ts";

const SECOND = 1_000_000;
const RATE: Rate = { burst: 10, perMinute: 60 };

/** A bucket whose time the test sets, in seconds. */
function bucketOf(rate: Rate) {
  let fullAt: number | undefined;
  return (units: number, atSeconds: number) => {
    const plain = chargeOf("k", rate, Math.abs(units));
    const charge = units < 0 ? refundOf(plain) : plain;
    const level = charged(fullAt, charge, atSeconds * SECOND);
    fullAt = level.fullAt;
    return { ...level, waitMs: waitMsOf(charge, level), left: remainingOf(charge, rate, level) };
  };
}

describe("a bucket", () => {
  test("grants its burst at once, and then the inflow", () => {
    const take = bucketOf(RATE);
    expect(take(10, 100)).toMatchObject({ isGranted: true, left: 0 });
    expect(take(1, 100)).toMatchObject({ isGranted: false, left: 0, waitMs: 1_000 });
    expect(take(1, 100.5)).toMatchObject({ isGranted: false, waitMs: 500 });
    expect(take(1, 101)).toMatchObject({ isGranted: true, left: 0 });
    expect(take(10, 200)).toMatchObject({ isGranted: true });
  });

  test("grants its whole burst at any time of the clock, also at fractions of a µs", () => {
    assert(
      property(double({ min: 0, max: 2 ** 40, noNaN: true }), integer({ min: 1 }), (now, unit) => {
        const rate = { burst: 1, perMinute: unit };
        expect(charged(undefined, chargeOf("k", rate, 1), now).isGranted).toBe(true);
      }),
    );
  });

  test("is not changed by a refusal", () => {
    const take = bucketOf(RATE);
    take(8, 0);
    for (let again = 0; again < 100; again += 1) expect(take(3, 0)).toMatchObject({ left: 2 });
    expect(take(2, 0).isGranted).toBe(true);
  });

  test("takes refunds, and never holds more than its burst", () => {
    const take = bucketOf(RATE);
    take(8, 0);
    expect(take(-5, 0).left).toBe(7);
    expect(take(-9, 0).left).toBe(10);
    expect(take(10, 0).isGranted).toBe(true);
  });

  test("is emptied by a charge above its burst, if it is full", () => {
    const take = bucketOf(RATE);
    expect(take(99, 0)).toMatchObject({ isGranted: true, left: 0 });
    expect(take(99, 9)).toMatchObject({ isGranted: false, waitMs: 1_000 });
    expect(take(99, 10).isGranted).toBe(true);
  });

  test("is not closed by a clock that was set back", () => {
    const take = bucketOf(RATE);
    take(10, 1_000);
    expect(take(1, 1)).toMatchObject({ isGranted: false, waitMs: 1_000 });
    expect(take(1, 2).isGranted).toBe(true);
  });
});

interface Step {
  readonly units: number;
  /** The time before the charge. */
  readonly pauseMs: number;
  /** The share of the units that is refunded before the next charge. */
  readonly refund: number;
}

const anyRate = record({
  burst: integer({ min: 1, max: 5_000 }),
  perMinute: integer({ min: 1, max: 1_000_000 }),
});
const anySteps = array(
  record({
    units: integer({ min: 1, max: 6_000 }),
    pauseMs: oneof(
      { weight: 5, arbitrary: integer({ min: 0, max: 3_000 }) },
      { weight: 1, arbitrary: integer({ min: 0, max: 3_600_000 }) },
    ),
    refund: constantFrom(0, 0, 0.5, 1),
  }),
  { maxLength: 80 },
);

type Arithmetic = typeof charged;

/**
 * The greatest breach, in units: either an interval granted more, minus refunds, than burst and
 * inflow, or the bucket held more than its burst.
 */
function excessOf(rate: Rate, steps: readonly Step[], arithmetic: Arithmetic): number {
  const takings: Taking[] = [];
  let fullAt: number | undefined;
  let atMs = 0;
  let owed = 0;
  let excess = 0;
  const take = (units: number) => {
    const plain = chargeOf("k", rate, Math.abs(units));
    const level = arithmetic(fullAt, units < 0 ? refundOf(plain) : plain, atMs * 1_000);
    fullAt = level.fullAt;
    excess = Math.max(excess, remainingOf(plain, rate, level) - rate.burst);
    if (level.isGranted) takings.push({ at: atMs, amount: Math.min(units, rate.burst) });
    return level.isGranted;
  };
  for (const { units, pauseMs, refund } of steps) {
    atMs += pauseMs;
    if (owed > 0) take(-owed);
    owed = take(units) ? Math.floor(Math.min(units, rate.burst) * refund) : 0;
  }
  const bounds = { burst: rate.burst, perTime: rate.perMinute / 60_000 };
  return Math.max(excess, greatestExcess(takings, bounds));
}

type Guard = "idle" | "refund" | "refusal" | "clock";

/** A copy of {@link charged} without one of its guards; a complete copy for null. */
function arithmeticWithout(missing: Guard | null): Arithmetic {
  return (fullAt, { amount, capacity }, clock) => {
    const now = Math.floor(clock);
    const floor = missing === "idle" ? -Infinity : now;
    const ceiling = missing === "clock" ? Infinity : now + capacity;
    const before = Math.min(Math.max(fullAt ?? now, floor), ceiling);
    const after = missing === "refund" ? before + amount : Math.max(before + amount, now);
    const isTooMuch = missing !== "refusal" && amount > 0 && after - now > capacity;
    if (isTooMuch) return { isGranted: false, fullAt: before, now };
    return { isGranted: true, fullAt: after, now };
  };
}

describe("no interval grants more, minus refunds, than the burst and the inflow", () => {
  /** The tolerance for floating point, in units. */
  const TOLERANCE = 0.001;
  const RUNS = { seed: 4, numRuns: 2_000 };
  const holdsBy = (arithmetic: Arithmetic) =>
    property(anyRate, anySteps, (rate, steps) => excessOf(rate, steps, arithmetic) < TOLERANCE);

  test("for any charges at any times", () => {
    assert(holdsBy(charged), RUNS);
  });

  test("after ten idle minutes the burst, and not twice the burst, is granted at once", () => {
    const take = bucketOf(RATE);
    expect(take(10, 0).isGranted).toBe(true);
    const granted = Array.from({ length: 20 }, () => take(1, 600).isGranted);
    expect(granted.filter(Boolean)).toHaveLength(10);
  });

  test.each(["idle", "refund", "refusal"] as const)(
    "and the property fails without the guard %s",
    (guard) => {
      expect(() => assert(holdsBy(arithmeticWithout(guard)), RUNS)).toThrow(/failed after/i);
    },
  );

  test("the complete copy equals the original", () => {
    const same = property(
      option(integer({ min: 0, max: 2 ** 50 }), { nil: undefined }),
      anyRate,
      integer({ min: 1, max: 6_000 }),
      constantFrom(1, -1),
      double({ min: 0, max: 2 ** 50, noNaN: true }),
      (fullAt, rate, units, sign, clock) => {
        const plain = chargeOf("k", rate, units);
        const charge = sign < 0 ? refundOf(plain) : plain;
        expect(arithmeticWithout(null)(fullAt, charge, clock)).toEqual(
          charged(fullAt, charge, clock),
        );
      },
    );
    assert(same, RUNS);
  });
});

describe("a bucket is full again after the time of its burst, however its clock was set", () => {
  const anyClocks = array(integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 20 });
  const holdsBy = (arithmetic: Arithmetic) =>
    property(anyRate, anyClocks, (rate, seconds) => {
      let fullAt: number | undefined;
      const all = chargeOf("k", rate, rate.burst);
      for (const each of seconds) fullAt = arithmetic(fullAt, all, each * SECOND).fullAt;
      const last = (seconds.at(-1) ?? 0) * SECOND;
      return arithmetic(fullAt, all, last + all.capacity).isGranted;
    });

  test("forwards or back", () => {
    assert(holdsBy(charged), { seed: 4, numRuns: 1_000 });
  });

  test("and the property fails without the guard clock", () => {
    const broken = () => assert(holdsBy(arithmeticWithout("clock")), { seed: 4, numRuns: 1_000 });
    expect(broken).toThrow(/failed after/i);
  });
});
