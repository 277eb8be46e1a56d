// The rules of mutations and Problems.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { mutations } from "./mutations.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return mutations(parse(sdl)).map(({ coordinate }) => coordinate);
}

const success = '"d" type PublishEventSuccess { "d" id: ID! }';
const input = '"d" input PublishEventInput { "d" id: ID! }';
const result = '"d" union PublishEventResult = PublishEventSuccess';
const field = '"d" publishEvent("d" input: PublishEventInput!): PublishEventResult!';
const sdl = (mutation = field, union = result, more = "") =>
  `extend type Mutation { ${mutation} } ${success} ${input} ${union} ${more}`;

it("in the proper form pass", () => {
  expect(findings(sdl())).toEqual([]);
});

it.each([
  [
    "begin with a verb",
    sdl(field.replace("publishEvent", "eventPublish")),
    "Mutation.eventPublish",
  ],
  ["take an input", sdl('"d" publishEvent: PublishEventResult!'), "Mutation.publishEvent"],
  ["take one that cannot be null", sdl(field.replace("Input!", "Input")), "Mutation.publishEvent"],
  ["take nothing else", sdl(field.replace("(", '("d" id: ID! ')), "Mutation.publishEvent"],
  [
    "take an input of their own name",
    sdl(field.replace("PublishEventInput", "PageInput")),
    "Mutation.publishEvent",
  ],
  [
    "return their own result",
    sdl(field.replace(": PublishEventResult!", ": Boolean!")),
    "Mutation.publishEvent",
  ],
  ["return something always", sdl(field.replace("Result!", "Result")), "Mutation.publishEvent"],
  [
    "return a union",
    sdl(field, '"d" type PublishEventResult { "d" id: ID! }'),
    "Mutation.publishEvent",
  ],
  [
    "name success first",
    sdl(field, '"d" union PublishEventResult = PageInfo | PublishEventSuccess'),
    "PublishEventResult",
  ],
  [
    "end in problems beside it",
    sdl(field, '"d" union PublishEventResult = PublishEventSuccess | PageInfo'),
    "PublishEventResult",
  ],
])("%s", (_, text, coordinate) => {
  expect(findings(text)).toContain(`${coordinate}`);
});

it("a problem implements Problem", () => {
  const problem = '"d" type EventOverProblem { "d" reason: String! }';
  expect(findings(sdl(field, `${result} | EventOverProblem`, problem))).toEqual([
    "EventOverProblem",
    "PublishEventResult",
  ]);
});

it("a type that implements Problem has the suffix Problem", () => {
  const refusal = '"d" type EventIsOver implements Problem { "d" reason: String! }';
  expect(findings(refusal)).toEqual(["EventIsOver"]);
});

it("signOut takes no input", () => {
  expect(
    findings(`
      extend type Mutation { "d" signOut: SignOutResult! }
      "d" union SignOutResult = SignOutSuccess
      "d" type SignOutSuccess { "d" id: ID! }
    `),
  ).toEqual([]);
});
