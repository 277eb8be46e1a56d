// Guarantees about the measure of nesting, also at depths where recursion would fail.
import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { nestingOfText, nestingOfValue } from "./nesting.ts";

const LEVELS = 20_000;
const nested = (open: string, close: string) => `${open.repeat(LEVELS)}${close.repeat(LEVELS)}`;

describe("the nesting of a text", () => {
  test.each([
    ["lists", nested("[", "]")],
    ["objects", nested("{a:", "}")],
    ["arguments and selections", `{ a${"(b: {c".repeat(LEVELS / 2)}`],
    ["types", `query ($a: ${nested("[", "]")}) { a }`],
    ["what never closes", "[".repeat(LEVELS)],
  ])("counts 20,000 levels of %s", (_what, text) => {
    expect(nestingOfText(text)).toBeGreaterThanOrEqual(LEVELS);
  });

  test.each([
    ["a string", `{ a(b: "[[[[ \\" {{{{") }`],
    ["a block string", `{ a(b: """[[[[ " \\""" {{{{""") }`],
    ["a comment", "{ # [[[[ {{{{\n a(b: 1) }"],
    ["an empty string", `{ a(b: "", c: "[[[[") }`],
  ])("does not count brackets in %s", (_what, text) => {
    expect(() => parse(text)).not.toThrow();
    expect(nestingOfText(text)).toBe(2);
  });

  test("counts brackets beside each other once", () => {
    expect(nestingOfText("{ a { b } c { d } }")).toBe(2);
    expect(nestingOfText(`{"a":[[1],[2]],"b":"\\\\","c":[]}`)).toBe(3);
    expect(nestingOfText("]]]] [")).toBe(1);
    expect(nestingOfText("")).toBe(0);
  });

  test("takes time in proportion to the length of the text", () => {
    const startedAt = performance.now();
    for (const text of ['"'.repeat(100_000), '"""'.repeat(33_333), '"\\'.repeat(50_000)]) {
      nestingOfText(text);
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe("the nesting of a value", () => {
  test("counts its lists and objects", () => {
    expect([1, "a", null, undefined, [], [[]], { a: [{}] }].map(nestingOfValue)).toEqual([
      0, 0, 0, 0, 1, 2, 3,
    ]);
  });

  test("is found at 20,000 levels", () => {
    expect(nestingOfValue(JSON.parse(nested("[", "]")))).toBe(LEVELS);
    expect(nestingOfValue(JSON.parse(`${'{"a":'.repeat(LEVELS)}0${"}".repeat(LEVELS)}`))).toBe(
      LEVELS,
    );
  });
});
