// Guarantees about subscriptions whose root depends on a condition.
import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { hasConditionalRoot } from "./conditions.ts";

const isConditional = (text: string) => hasConditionalRoot(parse(text));

describe("a conditional root is found", () => {
  test.each([
    ["on the field", "subscription { a @include(if: $x) { b } }"],
    ["on a fragment", "subscription { ... @skip(if: true) { a } }"],
    ["on a spread", "subscription { ...F @skip(if: $x) } fragment F on S { a }"],
    [
      "inside fragments",
      "subscription { ...F } fragment F on S { ... { ...G } } fragment G on S { a @skip(if: $x) }",
    ],
    ["in the second operation", "query { a } subscription { a @include(if: $x) }"],
  ])("%s", (_where, text) => {
    expect(isConditional(text)).toBe(true);
  });

  test.each([
    ["deeper down, where it is allowed", "subscription { a { b @include(if: $x) } }"],
    ["on a query", "query { a @include(if: $x) }"],
    ["of another name", "subscription { a @other }"],
    [
      "in a circle of fragments",
      "subscription { ...F } fragment F on S { ...G } fragment G on S { ...F }",
    ],
    ["in a fragment that is not there", "subscription { ...F }"],
  ])("but not %s", (_where, text) => {
    expect(isConditional(text)).toBe(false);
  });
});
