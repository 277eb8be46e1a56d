// Guarantees about the rules that are shown while a password is typed.
import { expect, test } from "vitest";
import { keptRules } from "./password-rules.ts";

test.each([
  ["", false, false],
  ["a", false, false],
  ["kq7vz2m", false, true],
  ["🦊🐻🐼🐨", false, true],
  ["kq7vz2mw", true, true],
  ["🦊🐻🐼🐨🦁🐯🐮🐷", true, true],
  ["aaaaaaaa", true, false],
  ["x7!x7!x7!", true, false],
  ["abcdefgh", true, false],
  ["87654321", true, false],
  ["correct horse battery staple", true, true],
])("%j: long enough %s, varied %s", (password, length, variety) => {
  expect(keptRules(password)).toEqual({ length, variety });
});
