// Guarantees of the rule of resumable subscriptions. That marks reach the supergraph is tested with
// composition.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { resumables } from "./live-marks.ts";

/** Coordinates of what the rule finds. */
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
