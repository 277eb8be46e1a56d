// Guarantees about the search for languages: by the reader's name or the language's own, without
// regard to case and accents.
import { expect, it } from "vitest";
import { findLanguages, LANGUAGES } from "./languages.ts";

it("a language is found by its name in the reader's language, and by its own", () => {
  expect(findLanguages("germ", "en", [])).toEqual(["de"]);
  expect(findLanguages("DEUT", "en", [])).toEqual(["de"]);
  expect(findLanguages("allem", "fr", [])).toEqual(["de"]);
  expect(findLanguages("fran", "en", [])).toEqual(["fr"]);
  expect(findLanguages("cest", "en", [])).toEqual(["cs"]);
  expect(findLanguages("xyz", "en", [])).toEqual([]);
});

it("without a search all are there, those of the browser first", () => {
  const all = findLanguages("", "en", ["fr-FR", "en-GB"]);
  expect(all.slice(0, 3)).toEqual(["fr", "en", "af"]);
  expect([...all].sort()).toEqual([...LANGUAGES].sort());
});
