// The rules of naming.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { names } from "./names.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return names(parse(sdl)).map(({ coordinate }) => coordinate);
}

it.each([
  ["types are PascalCase", '"d" type event_page { "d" f: Int }', "event_page"],
  ["fields are camelCase", '"d" type T { "d" StartsAt: Int }', "T.StartsAt"],
  ["arguments are camelCase", '"d" type T { "d" f("d" event_id: ID): Int }', "T.f(event_id:)"],
  ["enum values are UPPER_CASE", '"d" enum E { "d" Draft }', "E.Draft"],
  ["booleans are isX or hasX", '"d" type T { "d" published: Boolean! }', "T.published"],
  ["booleans of inputs, too", '"d" input I { "d" withWaitlist: Boolean }', "I.withWaitlist"],
  ["instants end in At", '"d" type T { "d" start: DateTime! }', "T.start"],
])("%s", (_, sdl, finding) => {
  expect(findings(sdl)).toEqual([finding]);
});

it("a name that follows the rules passes", () => {
  expect(
    findings(`
      "d" type T { "d" isOpen: Boolean! "d" hasWaitlist: Boolean "d" startsAt: DateTime! }
      "d" input I { "d" startsBefore: DateTime "d" mutedUntil: DateTime }
    `),
  ).toEqual([]);
});
