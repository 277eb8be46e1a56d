// Guarantees about the delays between guesses.
import { expect, test } from "vitest";
import { DELAY_MAX_MS, delayMsAfter, FREE_GUESSES } from "./rules.ts";

test("the first guesses have no delay, then each doubles it, up to 15 minutes", () => {
  const delays = [1, FREE_GUESSES - 1, FREE_GUESSES, FREE_GUESSES + 1, FREE_GUESSES + 2];
  expect(delays.map(delayMsAfter)).toEqual([0, 0, 1_000, 2_000, 4_000]);
  expect([FREE_GUESSES + 9, FREE_GUESSES + 10, 10_000].map(delayMsAfter)).toEqual([
    512_000,
    DELAY_MAX_MS,
    DELAY_MAX_MS,
  ]);
});

test("in a day, a stranger has at most 150 guesses at an account", () => {
  let [elapsedMs, guesses] = [0, 0];
  while (elapsedMs < 86_400_000) elapsedMs += delayMsAfter(++guesses);
  expect(guesses).toBeLessThan(150);
});
