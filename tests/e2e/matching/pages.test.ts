// Pages of suggestions on the real database are stable while data changes, and take the same
// statements at any size.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyProfile } from "../../../subgraphs/matching/people/apply.ts";
import { emptyProfile, type Matching, openMatching } from "./harness.ts";
import { inMinutes, type Stories, storiesOf } from "./stories.ts";

let matching: Matching;
let the: Stories;
beforeAll(async () => {
  matching = await openMatching();
  the = storiesOf(matching);
});
afterAll(() => matching?.close());

describe("pages", () => {
  /** All people of a list, read in pages of these sizes, with an action after each page. */
  async function readInPages(
    viewer: string,
    sizes: readonly number[],
    between: (page: number) => Promise<unknown> = async () => {},
  ): Promise<string[]> {
    const seen: string[] = [];
    let after: string | null = null;
    for (let at = 0; ; at += 1) {
      const { edges, pageInfo } = await the.page(viewer, {
        first: sizes[at % sizes.length],
        after,
      });
      seen.push(...edges.map(({ node }) => node.user.id));
      if (!pageInfo.hasNextPage) return seen;
      after = pageInfo.endCursor;
      await between(at);
    }
  }

  test("of any size give the list, without gaps or repeats", async () => {
    const { viewer, others } = await the.crowd(23);
    const whole = await the.suggestedTo(viewer);
    expect([...whole].sort()).toEqual([...others].sort());
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, async (each) => {
        expect(await readInPages(viewer, each)).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  test("stay the same while better candidates arrive and newer lists are made, which differ", async () => {
    const { viewer, skill } = await the.crowd(12);
    const whole = await the.suggestedTo(viewer);
    const seen = await readInPages(viewer, [2, 3], async (at) => {
      await matching.person({ skills: [skill, `${skill} too`], languages: ["en"] });
      const profile = { skills: [skill, `${skill} too`], languages: ["en"] };
      const fact = { ...emptyProfile(viewer), ...profile, version: at + 2 };
      await matching.tell((tx) => applyProfile(tx, fact));
      await the.page(viewer, { first: 1 }, inMinutes(11 * (at + 1)));
    });
    expect(seen).toEqual(whole);
    const anew = await the.suggestedTo(viewer, inMinutes(200));
    expect(anew.slice(0, 4).some((id) => whole.includes(id))).toBe(false);
  });

  test("leave out people who were blocked since the last page, and nobody else", async () => {
    const { viewer } = await the.crowd(9);
    const whole = await the.suggestedTo(viewer);
    const [, , , , fifth = "", , seventh = ""] = whole;
    const seen = await readInPages(viewer, [2], async (at) => {
      if (at === 0) await the.block(viewer, fifth);
      if (at === 1) await the.block(seventh, viewer);
    });
    expect(seen).toEqual(whole.filter((id) => id !== fifth && id !== seventh));
  });

  test("of an expired list, or of another person's, ask for a new first page", async () => {
    const { viewer, others } = await the.crowd(3);
    const { pageInfo } = await the.page(viewer, { first: 1 });
    const refused = async (who: string, after: unknown) =>
      (await the.refusedPage(who, { after })).code;
    const [other = ""] = others;
    expect(await refused(other, pageInfo.endCursor)).toBe("RESYNC_REQUIRED");
    await the.page(viewer, {}, inMinutes(60 * 25));
    expect(await refused(viewer, pageInfo.endCursor)).toBe("RESYNC_REQUIRED");
    expect(await refused(viewer, "nonsense")).toBe("BAD_USER_INPUT");
  });
});

describe("statements", () => {
  test("are as many for 40 people as for one: 10 for a new list, 3 for a stored one", async () => {
    const { viewer } = await the.crowd(40);
    const sent = async (first: number, now?: Date) => {
      matching.statements();
      await the.page(viewer, { first }, now);
      return matching.statements();
    };
    expect(await sent(100)).toHaveLength(10);
    expect(await sent(1, inMinutes(11))).toHaveLength(10);
    expect(await sent(100, inMinutes(12))).toHaveLength(3);
    expect(await sent(1, inMinutes(12))).toHaveLength(3);
  });
});
