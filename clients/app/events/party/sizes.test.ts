// Guarantees about the sizes of a party that can be chosen.
import { expect, test } from "vitest";
import { sizesOf } from "./sizes.ts";

test("a party is at most as large as the event and its largest party", () => {
  expect(sizesOf({ capacity: 2, partySizeMax: 10 })).toEqual([1, 2]);
  expect(sizesOf({ capacity: 10, partySizeMax: 3 })).toEqual([1, 2, 3]);
});

test("a party that is larger than the event now can keep its size, or shrink", () => {
  expect(sizesOf({ capacity: 2, partySizeMax: 10 }, 5)).toEqual([1, 2, 5]);
});
