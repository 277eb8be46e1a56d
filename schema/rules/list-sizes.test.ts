// The rules of list sizes, from which the cost is estimated.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { listSizes } from "./list-sizes.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return listSizes(parse(sdl)).map(({ coordinate }) => coordinate);
}

const edge = "type TagEdge @cost(weight: 0) { cursor: String! }";
const types = `type TagConnection { edges: [TagEdge!]! } ${edge}`;
const page = (args: string, size: string) =>
  `extend type Query { tags(${args}): TagConnection! ${size} } ${types}`;
const FIRST = `@listSize(
  slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)`;

it.each([
  ["with a default", page("first: Int = 20", FIRST)],
  [
    "with an assumed size",
    page(
      "first: Int, last: Int",
      `@listSize(assumedSize: 20, slicingArguments: ["first", "last"], sizedFields: ["edges"],
        requireOneSlicingArgument: false)`,
    ),
  ],
  ["or a plain list", `type Query { tags: [TagEdge] @listSize(assumedSize: 2) } ${types}`],
  ["or one of scalars", `type Query { tags: [String!]! } ${types}`],
])("a connection passes: %s", (_, sdl) => {
  expect(findings(sdl)).toEqual([]);
});

it.each([
  ["says nothing", page("first: Int = 20", "")],
  ["has no default", page("first: Int", FIRST)],
  ["forgets an argument", page("first: Int = 20, last: Int", FIRST)],
  ["sizes no edges", page("first: Int = 20", FIRST.replace('"edges"', ""))],
  ["demands one argument", page("first: Int = 20", FIRST.replace("false", "true"))],
  ["is a list of unknown length", `extend type Query { tags: [TagEdge!]! } ${types}`],
])("a list that %s is found", (_, sdl) => {
  expect(findings(sdl)).toEqual(["Query.tags"]);
});

it.each(["type TagEdge { a: Int }", "type TagEdge @cost(weight: 1) { a: Int }"])(
  "an edge with a cost is found: %s",
  (sdl) => {
    expect(findings(sdl)).toEqual(["TagEdge"]);
  },
);
