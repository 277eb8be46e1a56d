// Guarantees about pauses: random, longer each time, and never longer than half a minute.
import { expect, test } from "vitest";
import { closeAction, pauseMs } from "./closings.ts";

test("pauses are spread from nothing to a bound that doubles up to 30 seconds", () => {
  const longest = [0, 1, 2, 3, 4, 5, 6, 1_000].map((attempt) => pauseMs(attempt, () => 1));
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(pauseMs(5, () => 0)).toBe(0);
});

test("codes of networks and proxies mean to connect again", () => {
  for (const code of [1000, 1005, 1006, 1012, 4499, 4504]) expect(closeAction(code)).toBe("resume");
});
