// Guarantees about the time that is left of an offer.
import { expect, test } from "vitest";
import { formatRemaining, isTold, nextChangeIn } from "./remaining.ts";

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

test("the time left has two units at most, and never shows less than there is", () => {
  expect(formatRemaining(26 * HOUR, "en-GB")).toBe("1 day, 2 hrs");
  expect(formatRemaining(HOUR + 5 * MINUTE + 9 * SECOND, "en-GB")).toBe("1 hr, 5 mins");
  expect(formatRemaining(4 * MINUTE + 8_200, "en-GB")).toBe("4 mins, 9 secs");
  expect(formatRemaining(5 * MINUTE, "en-GB")).toBe("5 mins");
  expect(formatRemaining(1, "en-GB")).toBe("1 sec");
  expect(formatRemaining(4 * MINUTE + 8_200, "fr")).toMatch(/^4\smin et 9\ss$/);
});

test("an offer that is over has no seconds left", () => {
  expect(formatRemaining(-MINUTE, "en-GB")).toBe("0 secs");
});

test("the text changes each second in the last hour, and each minute before", () => {
  expect(nextChangeIn(3 * SECOND + 250)).toBe(250);
  expect(nextChangeIn(3 * SECOND)).toBe(SECOND);
  expect(nextChangeIn(2 * HOUR + 7 * SECOND)).toBe(7 * SECOND);
});

test("screen readers are told at few moments, each once", () => {
  const told: number[] = [];
  let last = 12 * MINUTE;
  for (let left = last; left > -2 * MINUTE; left -= SECOND) {
    if (!isTold(left, last)) continue;
    last = left;
    told.push(left);
  }
  expect(told).toEqual([10 * MINUTE, 5 * MINUTE, MINUTE]);
});

test("a device that slept is told once", () => {
  expect(isTold(4 * MINUTE, 12 * MINUTE)).toBe(true);
  expect(isTold(4 * MINUTE - SECOND, 4 * MINUTE)).toBe(false);
  expect(isTold(0, 12 * MINUTE)).toBe(false);
});
