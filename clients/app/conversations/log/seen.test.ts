// Guarantees about which messages count as seen.
import { expect, test } from "vitest";
import { lastSeen, type Rows } from "./seen.ts";

/** Rows of 100 pixels, and one of 2,000 at index 10. */
const rows: Rows = {
  at: (offset) => (offset < 1_000 ? Math.floor(offset / 100) : 10),
  top: (index) => index * 100,
  height: (index) => (index === 10 ? 2_000 : 100),
};

test("a row is seen when its end is in view", () => {
  expect(lastSeen({ offset: 0, height: 500, size: 3_000 }, rows)).toBe(4);
  expect(lastSeen({ offset: 0, height: 550, size: 3_000 }, rows)).toBe(4);
});

test("the space behind a row need not be in view", () => {
  expect(lastSeen({ offset: 0, height: 590, size: 3_000 }, rows)).toBe(5);
});

test("a row that is larger than the view is seen when it fills it", () => {
  expect(lastSeen({ offset: 900, height: 500, size: 3_000 }, rows)).toBe(9);
  expect(lastSeen({ offset: 1_000, height: 500, size: 3_000 }, rows)).toBe(10);
});

test("nothing is seen in a log without a height", () => {
  expect(lastSeen({ offset: 0, height: 0, size: 3_000 }, rows)).toBe(-1);
});
