// Guarantees about the sizes of covers.
import { expect, test } from "vitest";
import { COVER_MEDIA } from "./rules.ts";

test("all sizes are 16:9, and the smallest is made first, because the placeholder is made of it", () => {
  const sizes = COVER_MEDIA.renditions.map(({ width, height }) => [width, height]);
  expect(sizes.map(([width = 0, height = 0]) => width * 9 === height * 16)).toEqual([true, true]);
  expect(sizes).toEqual(sizes.toSorted(([one = 0], [other = 0]) => one - other));
});
