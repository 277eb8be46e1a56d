// Guarantees about the arithmetic of a bucket, whoever keeps it. That Redis does the same, in one
// step, is tested in tests/security/buckets.test.ts.
import { array, assert, constantFrom, double, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { charged, chargeOf, type Rate, remainingOf, returned, waitMsOf } from "./bucket.ts";

const SECOND = 1_000_000;
const RATE: Rate = { burst: 10, perMinute: 60 };

/** A bucket in the hands of a test, which sets the time in seconds. */
function bucketOf(rate: Rate) {
  let fullAt: number | undefined;
  return (units: number, atSeconds: number) => {
    const asked = chargeOf("k", rate, Math.abs(units));
    const charge = units < 0 ? returned(asked) : asked;
    const level = charged(fullAt, charge, atSeconds * SECOND);
    fullAt = level.fullAt;
    return { ...level, waitMs: waitMsOf(charge, level), left: remainingOf(charge, rate, level) };
  };
}

describe("a bucket", () => {
  test("gives its burst at once, and then what flows in", () => {
    const take = bucketOf(RATE);
    expect(take(10, 100)).toMatchObject({ isGranted: true, left: 0 });
    expect(take(1, 100)).toMatchObject({ isGranted: false, left: 0, waitMs: 1_000 });
    expect(take(1, 100.5)).toMatchObject({ isGranted: false, waitMs: 500 });
    expect(take(1, 101)).toMatchObject({ isGranted: true, left: 0 });
    expect(take(10, 200)).toMatchObject({ isGranted: true });
  });

  test("gives its burst whatever the clock says, parts of a µs included", () => {
    assert(
      property(double({ min: 0, max: 2 ** 40, noNaN: true }), integer({ min: 1 }), (now, unit) => {
        const rate = { burst: 1, perMinute: unit };
        expect(charged(undefined, chargeOf("k", rate, 1), now).isGranted).toBe(true);
      }),
    );
  });

  test("loses nothing by a refusal", () => {
    const take = bucketOf(RATE);
    take(8, 0);
    for (let again = 0; again < 100; again += 1) expect(take(3, 0)).toMatchObject({ left: 2 });
    expect(take(2, 0).isGranted).toBe(true);
  });

  test("takes back what was too much, and never holds more than its burst", () => {
    const take = bucketOf(RATE);
    take(8, 0);
    expect(take(-5, 0).left).toBe(7);
    expect(take(-9, 0).left).toBe(10);
    expect(take(10, 0).isGranted).toBe(true);
  });

  test("is emptied by what is dearer than all of it, once it is full", () => {
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
  /** Before it is charged. */
  readonly pauseMs: number;
  /** The share that comes back when the next one is charged. */
  readonly refund: number;
}

const anyRate = record({
  burst: integer({ min: 1, max: 5_000 }),
  perMinute: integer({ min: 1, max: 1_000_000 }),
});
const anySteps = array(
  record({
    units: integer({ min: 1, max: 6_000 }),
    pauseMs: integer({ min: 0, max: 3_000 }),
    refund: constantFrom(0, 0, 0.5, 1),
  }),
  { maxLength: 80 },
);

/** The most that was granted and not given back, over what the bucket held and what flowed in. */
function greatestExcess(rate: Rate, steps: readonly Step[], hasBound = true): number {
  const take = bucketOf(rate);
  let atMs = 0;
  let net = 0;
  let owed = 0;
  let greatest = 0;
  for (const { units, pauseMs, refund } of steps) {
    atMs += pauseMs;
    if (owed > 0) take(-owed, atMs / 1_000);
    net -= owed;
    owed = 0;
    if (take(units, atMs / 1_000).isGranted || !hasBound) {
      const paid = Math.min(units, rate.burst);
      net += paid;
      owed = Math.floor(paid * refund);
    }
    greatest = Math.max(greatest, net - rate.burst - (atMs * rate.perMinute) / 60_000);
  }
  return greatest;
}

describe("never more is granted, refunds taken off, than the burst and what flowed in", () => {
  /** A thousandth of a unit, for what floating point loses. */
  const NOTHING = 0.001;

  test("whatever is asked for, and whenever", () => {
    const holds = property(
      anyRate,
      anySteps,
      (rate, steps) => greatestExcess(rate, steps) < NOTHING,
    );
    assert(holds, { seed: 4, numRuns: 2_000 });
  });

  test("which would be seen if refusals were not heeded", () => {
    const holds = property(
      anyRate,
      anySteps,
      (rate, steps) => greatestExcess(rate, steps, false) < NOTHING,
    );
    expect(() => assert(holds, { seed: 4, numRuns: 2_000 })).toThrow(/failed after/i);
  });
});
