// Guarantees about canonical forms: spellings of one topic are equal, different topics are not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topicNames } from "./topic-names.ts";
import { knownTopics, languageOf, placeOf, shownAs, topicsOf, wordingKey } from "./topics.ts";

const keyOf = (wording: string) => topicsOf([wording])[0]?.key;

describe("spellings of one topic have one key:", () => {
  it.each([
    ["JavaScript", "js", "JS", "ECMAScript", "java script"],
    ["Kubernetes", "k8s", "KUBERNETES", " kubernetes "],
    ["Machine learning", "ML", "machine-learning", "Aprendizaje automático", "机器学习"],
    ["Node.js", "node", "NodeJS"],
    ["Go-to-market", "GTM", "go to market"],
    ["PostgreSQL", "postgres", "Postgres"],
    ["Café culture", "cafe culture", "CAFE\u0301 Culture"],
  ])("%s", (...wordings) => {
    expect(new Set(wordings.map(keyOf)).size).toBe(1);
  });
});

it("topics that only look alike have different keys", () => {
  const wordings = ["C", "C++", "C#", "Java", "JavaScript", "Go", "Go-to-market", "R", "React"];
  expect(topicsOf(wordings)).toHaveLength(wordings.length);
  expect(topicsOf(["कला", "कल", "ガラス", "カラス"])).toHaveLength(4);
});

it("the person's own wording is kept, the first one for equal topics", () => {
  const [topic, ...others] = topicsOf(["k8s", "Kubernetes"]);
  expect(others).toEqual([]);
  expect(topic).toEqual({ key: "kubernetes", wording: "k8s" });
});

it("a known topic is shown by its name, another in the person's wording", () => {
  expect(topicsOf(["js", "Falconry"]).map(shownAs)).toEqual(["JavaScript", "Falconry"]);
});

it("known topics are found by the beginning of any word of any of their names", () => {
  for (const search of ["kub", "K8S", "k8s"]) expect(knownTopics(search)).toEqual(["kubernetes"]);
  expect(knownTopics("learning")).toEqual(["machine learning"]);
  expect(knownTopics("ubernetes")).toEqual([]);
});

it("no other name belongs to two topics", () => {
  const all = Object.entries(topicNames).flatMap(([name, others]) => [name, ...others]);
  const folded = all.map(wordingKey);
  expect(folded.filter((name, at) => folded.indexOf(name) !== at)).toEqual([]);
});

it("a canonical key stays the same when folded again, and no text makes it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { key } of topicsOf([text])) expect(keyOf(key)).toBe(key);
    }),
  );
});

it("languages are equal across regions, places across spellings", () => {
  expect(languageOf("pt-BR")).toBe(languageOf("PT"));
  expect(placeOf("São Paulo,Brazil")).toBe(placeOf("sao paulo, BRAZIL"));
  expect(placeOf("Paris, France")).not.toBe(placeOf("Paris, Texas"));
  expect([placeOf(null), placeOf("  ")]).toEqual([null, null]);
});
