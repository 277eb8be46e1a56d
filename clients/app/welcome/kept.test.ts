// Guarantees about answers that a browser keeps: they are of one person, and whole.
import { expect, it } from "vitest";
import type { Draft } from "../people/profile/draft.ts";
import { draftIn } from "./kept.ts";

const EMPTY: Draft = {
  displayName: "Ada",
  headline: "",
  location: "",
  bio: "",
  intents: [],
  skills: [],
  interests: [],
  languages: [],
};

const kept = (viewerId: string, draft: unknown) => JSON.stringify({ viewerId, draft });

it("a draft comes back to the person who wrote it", () => {
  const draft: Draft = { ...EMPTY, headline: "Compilers", skills: ["Rust"] };
  expect(draftIn(kept("ada", draft), "ada", EMPTY)).toEqual(draft);
  expect(draftIn(kept("ada", draft), "grace", EMPTY)).toBeNull();
});

it("what another program has written is none", () => {
  for (const text of [
    null,
    "",
    "{",
    "[]",
    kept("ada", null),
    kept("ada", { ...EMPTY, skills: "Rust" }),
    kept("ada", { ...EMPTY, skills: [1] }),
    kept("ada", { ...EMPTY, headline: null }),
  ]) {
    expect(draftIn(text, "ada", EMPTY)).toBeNull();
  }
});
