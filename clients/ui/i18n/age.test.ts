// Guarantees about ages: whole units that are over, in the reader's language.
import { expect, it } from "vitest";
import { formatAge } from "./age.ts";

const MINUTE = 60_000;

it.each([
  [59_999, null],
  [-5_000, null],
  [MINUTE, "1 minute ago"],
  [5.9 * MINUTE, "5 minutes ago"],
  [60 * MINUTE, "1 hour ago"],
  [47 * 60 * MINUTE, "1 day ago"],
] as const)("%d milliseconds", (ageMs, text) => {
  expect(formatAge(ageMs, "en-GB")).toBe(text);
});

it("is in the reader's language", () => {
  expect(formatAge(5 * MINUTE, "fr")).toBe("il y a 5 minutes");
});
