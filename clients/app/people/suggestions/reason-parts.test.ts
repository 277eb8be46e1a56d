// Guarantees about what is shown of a reason.
import { expect, it } from "vitest";
import { meterOf, namedOf } from "./reason-parts.ts";

it("up to four names are named, of more the first three", () => {
  expect(namedOf(["a", "b", "c", "d"])).toEqual({ named: ["a", "b", "c", "d"], others: 0 });
  expect(namedOf(["a", "b", "c", "d", "e"])).toEqual({ named: ["a", "b", "c"], others: 2 });
});

it("a reason is measured by the strongest one", () => {
  const meters = [0.3, 0.22, 0.19, 0.11, 0.09, 0].map((each) => meterOf(each, 0.3));
  expect(meters).toEqual([3, 3, 2, 2, 1, 1]);
  expect(meterOf(0, 0)).toBe(1);
});
