// Pages of suggestions on the real database hold still while everything changes, and cost the same
// however many they show.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Matching, openMatching } from "./harness.ts";
import { inMinutes, type Stories, storiesOf } from "./stories.ts";

let matching: Matching;
let the: Stories;
beforeAll(async () => {
  matching = await openMatching();
  the = storiesOf(matching);
});
afterAll(() => matching?.close());

describe("pages", () => {
  test("hold still: whatever sizes, they are the list without skips or repeats, while people come", async () => {
    const { viewer, skill } = await the.crowd(23);
    const whole = await the.suggestedTo(viewer);
    expect(whole).toHaveLength(23);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        async (sizes) => {
          const seen: string[] = [];
          let after: string | null = null;
          for (let at = 0; ; at += 1) {
            const { edges, pageInfo } = await the.page(viewer, {
              first: sizes[at % sizes.length],
              after,
            });
            seen.push(...edges.map(({ node }) => node.user.id));
            if (!pageInfo.hasNextPage) break;
            after = pageInfo.endCursor;
            await matching.person({ skills: [skill], intents: ["MENTOR"] });
            // A new first page of a changed list must not disturb the pages of the one before.
            await the.page(viewer, { first: 1 }, inMinutes(11 * (at + 1)));
          }
          expect(seen).toEqual(whole);
        },
      ),
      { numRuns: 1 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (first) => {
        const seen: string[] = [];
        let next = await the.page(viewer, { first });
        for (;;) {
          seen.push(...next.edges.map(({ node }) => node.user.id));
          if (!next.pageInfo.hasNextPage) break;
          next = await the.page(viewer, { first, after: next.pageInfo.endCursor });
        }
        expect(seen).toEqual(await the.suggestedTo(viewer));
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 8 },
    );
  });

  test("of a list that is no longer kept, or of another's, want a new first page", async () => {
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
  test("are as many for 40 people as for one: 10 for a new list, 3 for a kept one", async () => {
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
