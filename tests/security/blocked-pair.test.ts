// The table of blocked pairs in SECURITY.md, row by row: what each of the two sees and can do.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { setBlock } from "../kit/blocks.ts";
import { type BlockedPair, STORIES, thePair } from "./blocked-pair.ts";

const HEADING = "## What a blocked pair sees and can do";

/** The rows of the table: the place, and the outcomes for the blocker and the blocked person. */
function rowsOfTheTable(): (readonly [where: string, blocker: string, blocked: string])[] {
  const [, section = ""] = readFileSync("SECURITY.md", "utf8").split(HEADING);
  const [table = ""] = section.split("\n## ");
  const rows = [...table.matchAll(/^\| (.+?) \| (.+?) \| (.+?) \|$/gm)].slice(1);
  return rows.map(([, where = "", blocker = "", blocked = ""]) => [where, blocker, blocked]);
}

const SIGNALS = "group, from before: the other's typing, in `signals`";

let pair: BlockedPair;
let before: string | undefined;
beforeAll(async () => {
  pair = await thePair();
  before = await STORIES[SIGNALS]?.(pair.ada, pair.bob.person);
  for (const [blocker, blocked] of pair.blocks) await setBlock("BlockUser", blocker, blocked);
}, 60_000);

test("the typing that does not arrive arrived before the block", () => {
  expect(before).toBe("seen");
});

test("every row of the table has a story, and every story a row", () => {
  expect(Object.keys(STORIES)).toEqual(rowsOfTheTable().map(([where]) => where));
});

test.each(rowsOfTheTable())("%s: %s, and %s", async (where, blocker, blocked) => {
  const story = STORIES[where];
  if (!story) throw new Error(`no story for: ${where}`);
  const { ada, bob } = pair;
  const seen = [await story(ada, bob.person), await story(bob, ada.person)];
  expect(seen).toEqual([blocker, blocked]);
});
