// The rules of lists.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { lists } from "./lists.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return lists(parse(sdl)).map(({ coordinate }) => coordinate);
}

const connection = '"d" type TagConnection { "d" edges: [TagEdge!]! "d" pageInfo: PageInfo! }';
const edge = '"d" type TagEdge { "d" cursor: String! }';

it.each([
  [
    "a connection takes first",
    'extend type Query { "d" tags("d" after: String): TagConnection! }',
    "Query.tags",
  ],
  [
    "a connection takes after",
    'extend type Query { "d" tags("d" first: Int): TagConnection! }',
    "Query.tags",
  ],
  [
    "a list of objects says how many",
    'extend type Query { "All tags." tags: [TagEdge!]! }',
    "Query.tags",
  ],
  [
    "and those are 20 at most",
    'extend type Query { "Tags, at most 21." tags: [TagEdge!]! }',
    "Query.tags",
  ],
])("%s", (_, sdl, finding) => {
  expect(findings(`${sdl} ${connection} ${edge}`)).toEqual([finding]);
});

it("a connection has edges and pageInfo", () => {
  const sdl = `"d" type TagConnection { "d" edges: [TagEdge!]! } ${edge}`;
  expect(findings(sdl)).toEqual(["TagConnection"]);
});

it("a list of free items may be longer, and states its size", () => {
  const free = '"d" type Place @cost(weight: 0) { "d" seq: Int! }';
  const list = (description: string) =>
    findings(`extend type Query { "${description}" places: [Place!]! } ${free}`);
  expect(list("Places, at most 500.")).toEqual([]);
  expect(list("Places, at most 501.")).toEqual(["Query.places"]);
});

it("a small list and a connection pass", () => {
  expect(
    findings(`
      extend type Query {
        "Tags, at most 20." few: [TagEdge!]!
        "d" tags("d" first: Int = 20, "d" after: String): TagConnection!
      } ${connection} ${edge}
    `),
  ).toEqual([]);
});
