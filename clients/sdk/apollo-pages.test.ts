// Guarantees about joined pages: whatever is read in whichever order, the list is a stretch of the
// server's, in order and without repeats, and its page info is that of the stretch.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Edge, hasPage, joinPage, type PageArguments, type Pages } from "./apollo-pages.ts";

const key = ({ node }: Edge) => node as string;

function edgeOf(name: string): Edge {
  return { cursor: `at ${name}`, node: name };
}

/** The answer of a server that has these nodes. */
function serve(all: readonly string[], { first, after, last, before }: PageArguments): Pages {
  const from = after ? all.indexOf(after.slice(3)) + 1 : 0;
  const to = before ? all.indexOf(before.slice(3)) : all.length;
  const [start, end] = last
    ? [Math.max(from, to - last), to]
    : [from, Math.min(to, from + (first ?? 20))];
  const edges = all.slice(start, end).map(edgeOf);
  return {
    edges,
    pageInfo: {
      hasPreviousPage: start > 0,
      hasNextPage: end < all.length,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const names = (pages: Pages) => pages.edges?.map(key) ?? [];

/** The page info that a server would give for the stretch that the list is. */
function expectStretch(list: Pages, all: readonly string[]): void {
  const shown = names(list);
  const start = all.indexOf(shown[0] ?? "");
  expect(shown).toEqual(all.slice(start, start + shown.length));
  expect(list.pageInfo).toEqual({
    hasPreviousPage: start > 0,
    hasNextPage: start + shown.length < all.length,
    startCursor: `at ${shown[0]}`,
    endCursor: `at ${shown.at(-1)}`,
  });
}

const SOME = Array.from({ length: 12 }, (_, at) => `n${at}`);
const place = fc.constantFrom(...SOME.map((name) => `at ${name}`));
const size = fc.integer({ min: 1, max: 5 });
const request: fc.Arbitrary<PageArguments> = fc.oneof(
  fc.record({ first: size }),
  fc.record({ last: size }),
  fc.record({ first: size, after: place }),
  fc.record({ last: size, before: place }),
);

describe("pages in any order", () => {
  it("are one stretch without a hole, also when two requests cross", () => {
    fc.assert(
      fc.property(fc.array(request, { minLength: 1, maxLength: 12 }), (requests) => {
        let list: Pages | undefined;
        for (const each of requests) {
          const isFirst = list === undefined;
          list = joinPage(list, serve(SOME, each), each, key);
          if (list.edges?.length === 0) return fc.pre(!isFirst);
          expectStretch(list, SOME);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("lead from any page to the whole list, forwards and backwards", () => {
    fc.assert(
      fc.property(request, size, (start, step) => {
        let list = serve(SOME, start);
        fc.pre((list.edges?.length ?? 0) > 0);
        while (list.pageInfo?.hasNextPage) {
          const next = { first: step, after: list.pageInfo.endCursor ?? "" };
          list = joinPage(list, serve(SOME, next), next, key);
        }
        while (list.pageInfo?.hasPreviousPage) {
          const next = { last: step, before: list.pageInfo.startCursor ?? "" };
          list = joinPage(list, serve(SOME, next), next, key);
        }
        expect(names(list)).toEqual(SOME);
      }),
    );
  });

  it("need no cursor in the edges when the page info has them", () => {
    const bare = (page: Pages): Pages => ({
      ...page,
      edges: page.edges?.map(({ node }) => ({ node })) ?? [],
    });
    const first = bare(serve(SOME, { first: 3 }));
    const next = { first: 3, after: "at n2" };
    const list = joinPage(first, bare(serve(SOME, next)), next, key);
    expect(names(list)).toEqual(SOME.slice(0, 6));
    expect(list.pageInfo).toMatchObject({ hasPreviousPage: false, endCursor: "at n5" });
  });
});

describe("a page", () => {
  const list = serve(SOME, { first: 4 });

  it("without a cursor replaces the list", () => {
    const page = serve(["x", ...SOME], { first: 2 });
    expect(joinPage(list, page, { first: 2 }, key)).toBe(page);
  });

  it("that does not touch the list leaves it as it is", () => {
    const late = { first: 2, after: "at n7" };
    expect(joinPage(list, serve(SOME, late), late, key)).toBe(list);
    expect(hasPage(list, late)).toBe(false);
  });

  it("moves what it has from its earlier place in the list", () => {
    const moved = ["n0", "n2", "n3", "n1", "n4"];
    const next = { first: 2, after: "at n3" };
    const joined = joinPage(list, serve(moved, next), next, key);
    expect(names(joined)).toEqual(["n0", "n2", "n3", "n1", "n4"]);
  });

  it("that is empty ends the list", () => {
    const next = { first: 2, after: "at n3" };
    const joined = joinPage(list, serve(SOME.slice(0, 4), next), next, key);
    expect(names(joined)).toEqual(SOME.slice(0, 4));
    expect(joined.pageInfo?.hasNextPage).toBe(false);
    expect(joined.pageInfo?.endCursor).toBe("at n3");
  });
});

describe("a list has the page", () => {
  it.each<[string, PageArguments, PageArguments, boolean]>([
    ["at the beginning", { first: 4 }, { first: 9 }, true],
    ["at the end", { last: 4 }, { last: 2 }, true],
    ["behind a cursor of it", { first: 4 }, { first: 2, after: "at n1" }, true],
    ["but not the one behind it", { first: 4 }, { first: 2, after: "at n3" }, false],
    ["but not its beginning from the end", { last: 4 }, { first: 2 }, false],
    ["but not its end from the beginning", { first: 4 }, { last: 2 }, false],
    ["before a cursor of it", { last: 4 }, { last: 2, before: "at n10" }, true],
    ["but not the one before it", { last: 4 }, { last: 2, before: "at n8" }, false],
    ["behind its end, when there is no more", { last: 4 }, { first: 2, after: "at n11" }, true],
  ])("%s", (_, of, asked, expected) => {
    expect(hasPage(serve(SOME, of), asked)).toBe(expected);
  });
});
