// Guarantees about texts that are shown large.
import { expect, test } from "vitest";
import { isFewEmoji } from "./emoji.ts";

test("a few emoji alone are shown large", () => {
  for (const text of ["👍", "👋🎉", "❤️", "👩‍👩‍👧‍👦", "🇫🇷", "👍🏽 👍", " 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ", "1️⃣", "🏳️‍🌈"]) {
    expect(isFewEmoji(text), text).toBe(true);
  }
});

test("texts, numbers and many emoji are not", () => {
  for (const text of ["", " ", "a", "1", "#", "👍 ok", "12", "🎉".repeat(7), "©", "👍\u200d"]) {
    expect(isFewEmoji(text), text).toBe(false);
  }
});

test("a long text is judged fast", () => {
  const before = performance.now();
  isFewEmoji(`${"👍 ".repeat(4_000)}x`);
  isFewEmoji(`${"👍🏽\u200d".repeat(15)}x`);
  expect(performance.now() - before).toBeLessThan(5_000);
});
