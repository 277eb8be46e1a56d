// The rule that every element has a description.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { descriptions } from "./descriptions.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return descriptions(parse(sdl)).map(({ coordinate }) => coordinate);
}

it.each([
  ["a type", 'type T { "d" f: Int }', "T"],
  ["a field", '"d" type T { f: Int }', "T.f"],
  ["a field added to a type", "extend type T { f: Int }", "T.f"],
  ["an argument", '"d" type T { "d" f(first: Int): Int }', "T.f(first:)"],
  ["an input", 'input I { "d" id: ID }', "I"],
  ["an input field", '"d" input I { id: ID }', "I.id"],
  ["an enum", 'enum E { "d" A }', "E"],
  ["an enum value", '"d" enum E { A }', "E.A"],
  ["a union", "union U = PageInfo", "U"],
  ["a scalar", "scalar S", "S"],
  ["an interface", 'interface N { "d" f: Int }', "N"],
  ["a directive", 'directive @mark("d" on: Int) on FIELD_DEFINITION', "@mark"],
  ["an argument of a directive", '"d" directive @mark(on: Int) on FIELD_DEFINITION', "@mark(on:)"],
  ["a scalar with a blank description", '" " scalar S', "S"],
])("%s needs a description", (_, sdl, coordinate) => {
  expect(findings(sdl)).toEqual([`${coordinate}`]);
});

it("an element that another subgraph describes needs none", () => {
  expect(
    findings(`
      type User @key(fields: "id", resolvable: false) { id: ID! }
      extend type Event @key(fields: "id") { id: ID! @external }
    `),
  ).toEqual([]);
});
