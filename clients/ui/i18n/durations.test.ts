// Guarantees about times to wait.
import { expect, test } from "vitest";
import { formatWait } from "./durations.ts";

test("a wait is rounded up, in seconds below a minute and in minutes above", () => {
  expect([1, 1_000, 59_001, 60_000, 60_001].map((ms) => formatWait(ms, "en"))).toEqual([
    "1 second",
    "1 second",
    "1 minute",
    "1 minute",
    "2 minutes",
  ]);
  expect([2_000, 900_000].map((ms) => formatWait(ms, "fr"))).toEqual([
    "2\u00a0secondes",
    "15 minutes",
  ]);
});
