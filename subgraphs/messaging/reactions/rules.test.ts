// Guarantees about reactions.
import { describe, expect, it, test } from "vitest";
import { isEmoji, judgeReaction, KINDS_MAX } from "./rules.ts";

describe("an emoji", () => {
  it.each(["👍", "❤️", "👩‍👩‍👧‍👦", "🇩🇪", "👋🏽", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])("is %s", (text) => {
    expect(isEmoji(text)).toBe(true);
  });

  it.each(["", "a", "👍👍", "👍a", "7", "hello", " ", "🇩"])("is not %j", (text) => {
    expect(isEmoji(text)).toBe(false);
  });
});

test("a message bears a bounded number of kinds, each as often as there are people", () => {
  const full = Array.from({ length: KINDS_MAX }, (_, at) => String(at));
  const message = { body: "hello" };
  expect(judgeReaction(message, full, "new", false)).toEqual({ kind: "tooMany" });
  expect(judgeReaction(message, full, "3", false)).toEqual({ kind: "add" });
  expect(judgeReaction(message, full, "3", true)).toEqual({ kind: "same" });
  expect(judgeReaction({ body: null }, [], "3", false)).toEqual({ kind: "deleted" });
});
