// Guarantees about changed profiles.
import fc from "fast-check";
import { expect, test } from "vitest";
import { distinct } from "#kit/input/fold";
import { changeProfile, type Profile, type ProfileChange } from "./rules.ts";

const ada: Profile = {
  displayName: "Ada Lovelace",
  headline: "Analyst",
  bio: "Engines.",
  location: "London",
  languages: ["en", "fr"],
  skills: ["Mathematics"],
  interests: [],
  intents: ["MENTOR"],
};

test("a field that is not in the change stays as it is", () => {
  expect(changed({})).toEqual(ada);
  expect(changed({ headline: undefined, skills: undefined })).toEqual(ada);
});

test("null and an empty text empty an optional field", () => {
  expect(changed({ headline: null, bio: "", location: null })).toEqual({
    ...ada,
    headline: null,
    bio: null,
    location: null,
  });
});

test("null empties a list", () => {
  expect(changed({ languages: null, intents: null })).toEqual({
    ...ada,
    languages: [],
    intents: [],
  });
});

test("a name cannot be emptied", () => {
  expect(changeProfile(ada, { displayName: null }, distinct)).toEqual({ kind: "nameless" });
  expect(changeProfile(ada, { displayName: "" }, distinct)).toEqual({ kind: "nameless" });
});

test("a list has each entry once, whatever its spelling, and keeps the first spelling", () => {
  expect(changed({ interests: ["Café", "CAFE", "ガラス", "カラス"] }).interests).toEqual([
    "Café",
    "ガラス",
    "カラス",
  ]);
  expect(changed({ skills: ["Go", "rust", "GO", "Rust", "", "go"] }).skills).toEqual([
    "Go",
    "rust",
  ]);
});

test("the same change again changes nothing", () => {
  const text = fc.option(fc.string(), { nil: null });
  const list = fc.array(fc.string({ maxLength: 3 }), { maxLength: 20 });
  const change = fc.record(
    { headline: text, bio: text, location: text, skills: list, interests: list },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(change, (given) => {
      const once = changed(given);
      expect(changeProfile(once, given, distinct)).toEqual({ kind: "changed", profile: once });
    }),
  );
});

function changed(change: ProfileChange): Profile {
  const verdict = changeProfile(ada, change, distinct);
  if (verdict.kind !== "changed") throw new Error(verdict.kind);
  return verdict.profile;
}
