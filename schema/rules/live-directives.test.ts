// Guarantees of the rule of resumable subscriptions. That marks reach the supergraph is tested with
// composition.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { resumables, shared } from "./live-directives.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return resumables(parse(sdl)).map(({ coordinate }) => coordinate);
}

const mark = '@resumable(argument: "after", position: "seq", previous: "prevSeq")';
const stream = (
  args = '("d" after: Int)',
  marks = mark,
  entry = '"d" seq: Int! "d" prevSeq: Int!',
) => `extend type Subscription { "d" seen${args}: Entry! ${marks} } "d" type Entry { ${entry} }`;

it("in the proper form pass", () => {
  expect(findings(stream())).toEqual([]);
});

it.each([
  ["the argument exists", stream("")],
  ["the argument is an Int", stream('("d" after: String)')],
  ["the position exists", stream(undefined, mark, '"d" prevSeq: Int!')],
  ["the position cannot be null", stream(undefined, mark, '"d" seq: Int "d" prevSeq: Int!')],
  ["the position before exists", stream(undefined, mark, '"d" seq: Int!')],
])("%s", (_, sdl) => {
  expect(findings(sdl)).toEqual(["Subscription.seen"]);
});

it.each([
  ["shared, and resumable", `${mark} @shared`, 0],
  ["shared, and not resumable", "@shared", 1],
  ["shared, and one person's own", `${mark} @shared @cacheControl(scope: PRIVATE)`, 1],
  ["shared, and cached", `${mark} @shared @cacheControl(scope: PUBLIC)`, 0],
])("%s", (_, marks, count) => {
  expect(shared(parse(stream(undefined, marks)))).toHaveLength(count);
});
