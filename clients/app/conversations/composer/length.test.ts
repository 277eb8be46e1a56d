// Guarantees about the length of a message.
import { expect, test } from "vitest";
import { BODY_MAX, charactersLeft, lengthOf, sendable } from "./length.ts";

test("a length is counted in characters, as the server does", () => {
  expect(lengthOf("a😀é")).toBe(3);
  expect(lengthOf("")).toBe(0);
});

test("how many characters are left is said near the limit, and behind it", () => {
  expect(charactersLeft("")).toBeNull();
  expect(charactersLeft("a".repeat(BODY_MAX - 501))).toBeNull();
  expect(charactersLeft("a".repeat(BODY_MAX - 500))).toBe(500);
  expect(charactersLeft("a".repeat(BODY_MAX + 3))).toBe(-3);
});

test("a text of emoji may have as many characters as any other", () => {
  expect(charactersLeft("😀".repeat(BODY_MAX / 2 + 1))).toBeNull();
  expect(charactersLeft("😀".repeat(BODY_MAX))).toBe(0);
});

test("empty lines around a text are not sent, and the space before its first line is", () => {
  expect(sendable("\n \n  a\n\n b \n \n")).toBe("  a\n\n b");
  expect(sendable(" \n\t")).toBe("");
});
