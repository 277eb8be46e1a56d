// Guarantees about the rules of live directives. tests/contract/lint.test.ts tests that they are in
// the supergraph.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { resumables, shared } from "./live-directives.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return resumables(parse(sdl)).map(({ coordinate }) => coordinate);
}

const resumableDirective = '@resumable(argument: "after", position: "seq", previous: "prevSeq")';
const stream = (
  args = '("d" after: Int)',
  directives = resumableDirective,
  entry = '"d" seq: Int! "d" prevSeq: Int!',
) =>
  `extend type Subscription { "d" seen${args}: Entry! ${directives} } "d" type Entry { ${entry} }`;

it("a correct subscription passes", () => {
  expect(findings(stream())).toEqual([]);
});

it.each([
  ["the argument exists", stream("")],
  ["the argument is an Int", stream('("d" after: String)')],
  ["the position exists", stream(undefined, resumableDirective, '"d" prevSeq: Int!')],
  [
    "the position cannot be null",
    stream(undefined, resumableDirective, '"d" seq: Int "d" prevSeq: Int!'),
  ],
  ["the previous position exists", stream(undefined, resumableDirective, '"d" seq: Int!')],
])("a rule: %s", (_, sdl) => {
  expect(findings(sdl)).toEqual(["Subscription.seen"]);
});

it.each([
  ["shared, and resumable", `${resumableDirective} @shared`, 0],
  ["shared, and not resumable", "@shared", 1],
  [
    "shared, and one person's own",
    `${resumableDirective} @shared @cacheControl(scope: PRIVATE)`,
    1,
  ],
  ["shared, and cached", `${resumableDirective} @shared @cacheControl(scope: PUBLIC)`, 0],
])("a field that is %s", (_, directives, count) => {
  expect(shared(parse(stream(undefined, directives)))).toHaveLength(count);
});
