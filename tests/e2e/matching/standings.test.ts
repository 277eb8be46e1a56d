// Only people whose account is in use are suggested. Others disappear from lists that exist, and
// come back when their account is in use again.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { StandingFact } from "../../../subgraphs/matching/standings/store.ts";
import {
  resetStandingVersions,
  upsertStanding,
} from "../../../subgraphs/matching/standings/store.ts";
import { type Matching, openMatching } from "./harness.ts";
import { aSkill, inMinutes, type Stories, storiesOf } from "./stories.ts";

let matching: Matching;
let stories: Stories;
let version = 0;
beforeAll(async () => {
  matching = await openMatching();
  stories = storiesOf(matching);
});
afterAll(() => matching?.close());

function standing(personId: string, standing: StandingFact["standing"]): Promise<boolean> {
  version += 1;
  const fact = { personId, standing, version };
  return matching.tell((tx) => upsertStanding(tx, fact));
}

const NOT_ACTIVE = ["UNVERIFIED", "SUSPENDED", "LEAVING"] as const;

describe.each(NOT_ACTIVE)("a person whose standing is %s", (word) => {
  test("is in no new list, and takes nobody's place in it", async () => {
    const { viewer, others } = await stories.crowd(3);
    const [gone = "", ...rest] = others;
    await standing(gone, word);
    expect((await stories.suggestedTo(viewer)).sort()).toEqual(rest.sort());
  });

  test("disappears from a list that was made before, and comes back", async () => {
    const { viewer, others } = await stories.crowd(2);
    const [gone = ""] = others;
    expect(await stories.suggestedTo(viewer)).toHaveLength(2);
    const id = await stories.suggestionOf(viewer, gone);
    await standing(gone, word);
    expect(await stories.suggestedTo(viewer)).not.toContain(gone);
    expect(await stories.entity(viewer, "MatchSuggestion", id, "id")).toBeNull();
    expect((await stories.refusedAnswer(viewer, id, "DECLINE")).code).toBe("NOT_FOUND");
    await standing(gone, "ACTIVE");
    expect(await stories.suggestedTo(viewer)).toContain(gone);
    expect(await stories.suggestedTo(viewer, inMinutes(11))).toContain(gone);
  });

  test("counts so before their profile is known", async () => {
    const skills = [aSkill()];
    const [viewer, personId] = [await matching.person({ skills }), newId()];
    await standing(personId, word);
    await matching.person({ skills, personId });
    expect(await stories.suggestedTo(viewer)).toEqual([]);
  });
});

test("an unverified person has suggestions of their own", async () => {
  const { viewer, others } = await stories.crowd(2);
  await standing(viewer, "UNVERIFIED");
  expect((await stories.suggestedTo(viewer)).sort()).toEqual(others.sort());
});

test("a page of a list takes as many statements as before, however many people are not active", async () => {
  const { viewer, others } = await stories.crowd(6);
  const statementsOf = async () => {
    matching.statements();
    await stories.list(viewer);
    return matching.statements().length;
  };
  await statementsOf();
  const before = await statementsOf();
  for (const each of others.slice(0, 4)) await standing(each, "SUSPENDED");
  expect(await statementsOf()).toBe(before);
});

test("an older fact changes nothing, and any fact counts after a reset of versions", async () => {
  const { viewer, others } = await stories.crowd(1);
  const [personId = ""] = others;
  const tell = (word: StandingFact["standing"], version: number) =>
    matching.tell((tx) => upsertStanding(tx, { personId, standing: word, version }));
  expect(await tell("ACTIVE", 5)).toBe(true);
  expect(await tell("SUSPENDED", 4)).toBe(false);
  expect(await stories.suggestedTo(viewer)).toEqual([personId]);
  await matching.tell(resetStandingVersions);
  expect(await tell("SUSPENDED", 4)).toBe(true);
  expect(await stories.suggestedTo(viewer)).toEqual([]);
});
