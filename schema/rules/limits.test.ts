// The rule that inputs are bounded.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { limits } from "./limits.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return limits(parse(sdl)).map(({ coordinate }) => coordinate);
}

it.each([
  ["a string", '"d" input I { "d" title: String! @constraint(minLength: 1) }', "I.title"],
  ["a number", '"d" input I { "d" capacity: Int! }', "I.capacity"],
  ["a list", '"d" input I { "d" ids: [ID!]! }', "I.ids"],
  [
    "a string that does not say what it is for",
    '"d" input I { "d" title: String! @constraint(maxLength: 9) }',
    "I.title",
  ],
  [
    "the strings in a list",
    '"d" input I { "d" tags: [String!]! @constraint(maxItems: 9) }',
    "I.tags",
  ],
  ["an argument", 'extend type Query { "d" event("d" slug: String!): Int }', "Query.event(slug:)"],
  ["positions in a list", 'extend type Query { "d" q("d" after: [Int!]): Int }', "Query.q(after:)"],
])("%s needs one", (_, sdl, coordinate) => {
  expect(new Set(findings(sdl))).toEqual(new Set([`${coordinate}`]));
});

it("a type that is bounded by itself or by the kit needs none", () => {
  expect(
    findings(`
      "d" enum E { "d" A }
      "d" input I {
        "d" id: ID "d" e: E "d" isOpen: Boolean "d" startsAt: DateTime
        "d" title: String @constraint(maxLength: 80, text: LINE)
        "d" timeZone: String @constraint(format: TIME_ZONE)
        "d" seats: Int @constraint(min: 1)
        "d" tags: [String!] @constraint(maxItems: 9, maxLength: 40, text: LINE)
      }
      extend type Query { "d" q("d" first: Int, "d" after: String, "d" i: I): Int }
    `),
  ).toEqual([]);
});
