// Guarantees about accepted passwords.
import { describe, expect, test } from "vitest";
import { fold } from "#kit/input/fold";
import { judgePassword, normalPassword } from "./new-passwords.ts";

describe("a password", () => {
  const judge = (password: string) =>
    judgePassword({ email: "ada@x.test", displayName: "Ada Lovelace", password }, fold).kind;

  test.each([
    ["seven characters", "abcdefg"],
    ["four emoji of two units each", "🦊🐻🐼🐨"],
    ["one character repeated", "aaaaaaaaaaaa"],
    ["one emoji repeated", "🦊".repeat(9)],
    ["the address, in other letters", "ADA@x.test"],
    ["the name", "ada lovelace"],
    ["the name, with accents", "Ädà Lovelace"],
  ])("that is %s is weak", (_what, password) => {
    expect(judge(password)).toBe("weak");
  });

  test.each([
    ["eight characters", "abcdefgh"],
    ["eight emoji", "🦊🐻🐼🐨🦁🐯🐮🐷"],
    ["a sentence", "correct horse battery staple"],
  ])("of %s is accepted", (_what, password) => {
    expect(judge(password)).toBe("accepted");
  });

  test("is the same whichever way a keyboard writes its accents", () => {
    expect(normalPassword("cafe\u0301 cafe\u0301")).toBe(normalPassword("caf\u00e9 caf\u00e9"));
  });
});
