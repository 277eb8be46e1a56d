// Suggested words for profiles on the real database: known names, and what many people use.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { type Matching, openMatching } from "./harness.ts";

let matching: Matching;
beforeAll(async () => {
  matching = await openMatching();
});
afterAll(() => matching?.close());

const QUERY = `query($kind: TopicKind!, $search: String) {
  suggestedTopics(kind: $kind, search: $search) }`;

async function suggested(search: string | null, kind = "SKILL"): Promise<string[]> {
  const { data, errors } = await matching.ask<{ suggestedTopics: string[] }>(newId(), QUERY, {
    kind,
    search,
  });
  expect(errors).toBeUndefined();
  return data?.suggestedTopics ?? [];
}

const people = (count: number, profile: { skills?: string[]; interests?: string[] }) =>
  Promise.all(Array.from({ length: count }, () => matching.person(profile)));

test("a word is suggested once 3 people use it, in their commonest wording, by any of its words", async () => {
  const word = `Zymurgy ${newId()}`;
  await people(2, { skills: [word] });
  expect(await suggested("zymurgy")).toEqual([]);
  await people(1, { skills: [word.toUpperCase()] });
  expect(await suggested("zymurgy")).toEqual([word]);
  expect(await suggested(`ZYM\u00DCRGY ${word.slice(8, 12)}`)).toEqual([word]);
  expect(await suggested(word.slice(8, 14))).toEqual([word]);
  expect(await suggested("ymurgy")).toEqual([]);
  expect(await suggested("zymurgy", "INTEREST")).toEqual([]);
});

test("a known name is found by its other names, also if nobody uses it", async () => {
  expect(await suggested("k8")).toEqual(["Kubernetes"]);
  expect(await suggested("apprentissage auto")).toEqual(["Machine learning"]);
  expect(await suggested("%")).toEqual([]);
  expect(await suggested("-")).toEqual([]);
});

test("the commonest come first, with and without a search, at most 10", async () => {
  await people(5, { interests: ["Reading aloud"] });
  await people(4, { interests: ["rust"] });
  await people(3, { interests: ["Reading maps"] });
  expect(await suggested("re", "INTEREST")).toEqual([
    "Reading aloud",
    "Reading maps",
    ...(await suggested("re", "INTEREST")).slice(2),
  ]);
  expect((await suggested(null, "INTEREST")).slice(0, 3)).toEqual([
    "Reading aloud",
    "Rust",
    "Reading maps",
  ]);
  expect(await suggested("a", "INTEREST")).toHaveLength(10);
});

test("it takes one statement, through the index of common words", async () => {
  matching.statements();
  await suggested("zy");
  expect(matching.statements()).toHaveLength(1);
  const plan = await matching.sql<{ "QUERY PLAN": string }>(
    `explain select topic from topic_use where kind = 'SKILL' and people >= 3
     order by people desc, topic limit 10`,
  );
  expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("topic_use_common_idx");
});

test("it is for signed-in people", async () => {
  const { errors = [] } = await matching.ask(null, QUERY, { kind: "SKILL" });
  expect(errors[0]?.extensions.code).toBe("UNAUTHENTICATED");
});
