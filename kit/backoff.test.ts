// Guarantees about the waits between retries.
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

const waits = (options: Parameters<typeof backoffMs>[1]) =>
  [1, 2, 3, 4, 5].map((retry) => backoffMs(retry, options));

test("waits double up to the longest", () => {
  expect(waits({ firstMs: 10 })).toEqual([10, 20, 40, 80, 160]);
  expect(waits({ firstMs: 10, maxMs: 50 })).toEqual([10, 20, 40, 50, 50]);
});

test("linear waits grow by the first", () => {
  expect(waits({ firstMs: 10, maxMs: 35, growth: "linear" })).toEqual([10, 20, 30, 35, 35]);
});

test("jitter spreads waits around the same middle", () => {
  const many = Array.from({ length: 500 }, () => backoffMs(3, { firstMs: 25, jitter: 0.5 }));
  expect(Math.min(...many)).toBeGreaterThanOrEqual(50);
  expect(Math.max(...many)).toBeLessThanOrEqual(150);
  expect(new Set(many).size).toBeGreaterThan(100);
});

test("the wait after very many retries is still the longest", () => {
  expect(backoffMs(5_000, { firstMs: 50, maxMs: 2_000 })).toBe(2_000);
});
