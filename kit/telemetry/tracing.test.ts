// Guarantees about the times of spans.
import { expect, test } from "vitest";
import { createPreciseClock } from "./tracing.ts";

test("times have fractions of a millisecond, never go back, and are those of the machine's clock", () => {
  const real = { at: 1_000_000.7 };
  const clock = createPreciseClock(
    () => Math.floor(real.at),
    () => real.at - 999_000,
  );
  let before = 0;
  for (let step = 0; step < 1_000; step += 1) {
    real.at += 0.13;
    const now = clock();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(Math.abs(now - real.at)).toBeLessThanOrEqual(1);
    before = now;
  }
  expect(Math.abs(before - real.at)).toBeLessThan(0.15);
});

test("a clock that is set is followed at once", () => {
  const given = { at: 5_000 };
  const clock = createPreciseClock(
    () => given.at,
    () => 100,
  );
  given.at = 90_000;
  expect(clock()).toBe(90_000);
  given.at = 20_000;
  expect(clock()).toBe(20_001);
});
