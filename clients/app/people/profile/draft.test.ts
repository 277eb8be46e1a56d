// Guarantees about a profile that is edited: only what has changed is sent, and what the server
// would refuse is known before.
import { expect, it } from "vitest";
import { changesOf, type Draft, LENGTH_MAX, mistakesIn, WORDS_MAX, withWord } from "./draft.ts";

const saved: Draft = {
  displayName: "Ada",
  headline: "Engineer",
  location: "",
  bio: "",
  intents: ["MENTOR"],
  skills: ["Go"],
  interests: [],
  languages: ["en"],
};

it("nothing is sent when nothing has changed, in other arrays too", () => {
  expect(changesOf({ ...saved, skills: ["Go"] }, saved)).toBeNull();
});

it("what has changed is sent alone, and an emptied text as none", () => {
  const draft: Draft = { ...saved, headline: " ", bio: "I write\ncompilers.", skills: ["Go", "C"] };
  expect(changesOf(draft, saved)).toEqual({
    headline: null,
    bio: "I write\ncompilers.",
    skills: ["Go", "C"],
  });
  expect(changesOf({ ...saved, skills: [] }, saved)).toEqual({ skills: [] });
});

it("a name is required, and lengths are counted in characters", () => {
  expect(mistakesIn(saved)).toEqual({});
  expect(mistakesIn({ ...saved, displayName: "  " })).toEqual({
    displayName: { rule: "required", limit: 1 },
  });
  const fits = "😀".repeat(LENGTH_MAX.headline);
  expect(mistakesIn({ ...saved, headline: fits })).toEqual({});
  expect(mistakesIn({ ...saved, headline: `${fits}.` })).toEqual({
    headline: { rule: "tooLong", limit: 120 },
  });
});

it("a word is added once, cleaned, while there is room", () => {
  expect(withWord(["Go"], "  Data   science ")).toEqual(["Go", "Data science"]);
  const words = ["Go"];
  for (const word of ["go", " GO ", "", "  ", "x".repeat(61)])
    expect(withWord(words, word)).toBe(words);
  const full = Array.from({ length: WORDS_MAX }, (_, at) => `word ${at}`);
  expect(withWord(full, "more")).toBe(full);
});
