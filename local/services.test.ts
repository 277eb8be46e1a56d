// The backoff of restarts, and the log lines that reach the console.
import { expect, test } from "vitest";
import { isError } from "./service-log.ts";
import { restartDelayMs } from "./services.ts";

test("the delay of restarts grows, up to ten seconds", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(restartDelayMs)).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
  ]);
});

test.each([
  ['{"level":"error","msg":"x"}', true],
  ['{"level":"fatal"}', true],
  ['{"level":50}', true],
  ['{"level":"warn"}', false],
  ['{"level":30}', false],
  ["error: not JSON", false],
  ["{broken", false],
  ["null", false],
])("%s reaches the console: %s", (line, isShown) => {
  expect(isError(line)).toBe(isShown);
});
