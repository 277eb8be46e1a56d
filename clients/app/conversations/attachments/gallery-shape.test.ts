// Guarantees about the place of pictures in a message.
import { expect, it } from "vitest";
import { aspectOf, moreThanShown } from "./gallery-shape.ts";

const sized = (width: number | null, height: number | null) => ({ width, height });

it("one picture has its own shape, within limits", () => {
  expect(aspectOf([sized(300, 200)])).toBe(1.5);
  expect(aspectOf([sized(5_000, 100)])).toBe(2);
  expect(aspectOf([sized(100, 5_000)])).toBe(0.75);
  expect(aspectOf([sized(null, null)])).toBeCloseTo(4 / 3);
});

it("several share a place whose shape does not depend on theirs", () => {
  const one = sized(300, 200);
  expect([2, 3, 4, 9].map((count) => aspectOf(Array(count).fill(one)))).toEqual([2, 1, 1, 1]);
});

it("four are shown at most, and the rest is counted", () => {
  expect([1, 4, 5, 10].map(moreThanShown)).toEqual([0, 0, 1, 6]);
});
