// The rule of mergeable members.
import { parse } from "graphql";
import { expect, it } from "vitest";
import { mergeable } from "./mergeable.ts";

/** The coordinates of the findings. */
function findings(sdl: string): string[] {
  return mergeable(parse(sdl)).map(({ coordinate }) => coordinate);
}

const objects = "type Text { body: String! } type Picture { url: String! }";
const union = (one: string, other: string) =>
  `${objects} union Result = A | B type A { ${one} } type B { ${other} }`;

it.each([
  ["one type", "reason: String!", "reason: String!"],
  ["objects of different types", "content: Text!", "content: Picture!"],
  ["lists of objects of different types", "contents: [Text!]!", "contents: [Picture!]!"],
  ["names of their own", "text: Text!", "reason: String!"],
])("members of a union may share a field of %s", (_, one, other) => {
  expect(findings(union(one, other))).toEqual([]);
});

it.each([
  ["a scalar and an object", "message: Text!", "message: String!"],
  ["two scalars", "size: Int!", "size: String!"],
  ["a nullable and a non-null type", "at: Text!", "at: Text"],
  ["a list and a single object", "items: [Text!]!", "items: Text!"],
])("a name that is %s in two members is found", (_, one, other) => {
  const [name] = other.split(":");
  expect(findings(union(one, other))).toEqual([`B.${name}`]);
});

it("implementations of an interface are checked like members", () => {
  const sdl = `interface Update { seq: Int! } type Sent implements Update { seq: Int! of: Int! }
    type Read implements Update { seq: Int! of: [Int!]! }`;
  expect(findings(sdl)).toEqual(["Read.of"]);
});

it("a conflict of three members is reported for each that differs from the first", () => {
  const sdl = "union R = A | B | C type A { x: Int } type B { x: String } type C { x: ID }";
  expect(findings(sdl)).toEqual(["B.x", "C.x"]);
});
