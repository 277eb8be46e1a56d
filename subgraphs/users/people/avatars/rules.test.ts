// Guarantees about the sizes of pictures.
import { expect, test } from "vitest";
import { AVATAR_MEDIA } from "./rules.ts";

test("the smallest picture is made first, because the placeholder is made of it", () => {
  const widths = AVATAR_MEDIA.renditions.map(({ width }) => width);
  expect(widths).toEqual(widths.toSorted((one, other) => one - other));
});
