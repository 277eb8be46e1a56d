// Guarantees about which cover is shown, and its ratio.
import { expect, test } from "vitest";
import { newId } from "#kit/data/id";
import { COVER_MEDIA, isNewer } from "./rules.ts";

test("of two covers the one that was begun later is shown", () => {
  const [first, second] = [newId(), newId()];
  expect([isNewer(first, null), isNewer(second, first), isNewer(first, second)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isNewer(first, first)).toBe(false);
});

test("all sizes are 16:9, and the smallest is made first, because the placeholder is made of it", () => {
  const sizes = COVER_MEDIA.renditions.map(({ width, height }) => [width, height]);
  expect(sizes.map(([width = 0, height = 0]) => width * 9 === height * 16)).toEqual([true, true]);
  expect(sizes).toEqual(sizes.toSorted(([one = 0], [other = 0]) => one - other));
});
