// Guarantees about what a process counts of its last seconds.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countOpen,
  createTallies,
  levelOf,
  quantileOf,
  sumOf,
  TALLY_SECONDS,
  watchLevel,
} from "./tally.ts";

test("a request counts for ten seconds, and no longer", () => {
  const tallies = createTallies();
  tallies.request(0.02, true);
  const counts = Array.from({ length: 11 }, () => {
    const { requests, failures } = tallies.roll();
    return [requests, failures];
  });
  expect(counts).toEqual([...Array.from({ length: 10 }, () => [1, 1]), [0, 0]]);
});

test("of any durations, 95 of 100 are at most as long as the 95th percentile says", () => {
  const durations = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(durations, (seconds) => {
      const tallies = createTallies();
      for (const duration of seconds) tallies.request(duration, false);
      const p95 = quantileOf(tallies.roll().durations, 0.95) ?? Number.NaN;
      const sorted = seconds.toSorted((one, other) => one - other);
      const exact = sorted[Math.ceil(seconds.length * 0.95) - 1] ?? Number.NaN;
      // Both are between the same two bounds; a duration of 0 is in the first.
      const above = TALLY_SECONDS.findIndex((bound) => exact <= bound);
      expect(p95).toBeLessThanOrEqual(TALLY_SECONDS[above] ?? 30);
      expect(p95).toBeGreaterThanOrEqual(TALLY_SECONDS[above - 1] ?? 0);
    }),
    { examples: [[[0]]] },
  );
});

test("nothing has no percentile, and what took longer than all bounds is at the last", () => {
  const tallies = createTallies();
  expect(quantileOf(tallies.roll().deliveries, 0.95)).toBeNull();
  tallies.delivery(1_000);
  expect(quantileOf(tallies.roll().deliveries, 0.95)).toBe(30);
});

test("the figures of several processes are added up", () => {
  const [one, other] = [createTallies(), createTallies()];
  one.request(0.001, false);
  other.request(0.001, true);
  other.request(10, false);
  const { requests, failures, durations } = sumOf([one.roll(), other.roll()]);
  expect([requests, failures]).toEqual([3, 1]);
  expect(durations[0]).toBe(2);
});

test("what is open counts until it is closed", () => {
  const close = countOpen("subscriptions");
  const closeOther = countOpen("subscriptions");
  const unwatch = watchLevel("subscriptions", () => 5);
  expect(levelOf("subscriptions")).toBe(7);
  close();
  close();
  unwatch();
  expect(levelOf("subscriptions")).toBe(1);
  closeOther();
  expect(levelOf("subscriptions")).toBe(0);
});
