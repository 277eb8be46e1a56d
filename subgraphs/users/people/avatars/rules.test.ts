// Guarantees about which picture is shown.
import { expect, test } from "vitest";
import { newId } from "#kit/data/id";
import { AVATAR_MEDIA, isNewer } from "./rules.ts";

test("of two pictures the one that was begun later is shown", () => {
  const [first, second] = [newId(), newId()];
  expect([isNewer(first, null), isNewer(second, first), isNewer(first, second)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isNewer(first, first)).toBe(false);
});

test("the smallest picture is made first, because the placeholder is made of it", () => {
  const widths = AVATAR_MEDIA.renditions.map(({ width }) => width);
  expect(widths).toEqual(widths.toSorted((one, other) => one - other));
});
