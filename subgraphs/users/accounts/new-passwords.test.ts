// Guarantees about accepted passwords.
import { describe, expect, test } from "vitest";
import { judgePassword, normalPassword } from "./new-passwords.ts";

const ADA = { email: "ada.byron@analytical.test", displayName: "Ada Lovelace" };

function ruleOf(password: string, headline?: string): string {
  const verdict = judgePassword({ ...ADA, ...(headline && { headline }), password });
  return verdict.kind === "weak" ? verdict.rule : verdict.kind;
}

describe("a password", () => {
  test.each([
    ["seven characters", "kumquat", "TOO_SHORT"],
    ["four emoji of two units each", "🦊🐻🐼🐨", "TOO_SHORT"],
    ["one character repeated", "aaaaaaaaaaaa", "REPEATED"],
    ["one emoji repeated", "🦊".repeat(9), "REPEATED"],
    ["spaces alone", " ".repeat(12), "REPEATED"],
    ["a few characters repeated", "x7!x7!x7!x7!", "REPEATED"],
    ["a row of letters", "ABCDEFGHIJ", "SEQUENCE"],
    ["a row of digits, backwards", "987654321", "SEQUENCE"],
    ["a row of Greek letters", "αβγδεζηθ", "SEQUENCE"],
    ["one that many people have", "password123", "COMMON"],
    ["one that many people have, in other letters", " PassWord123 ", "COMMON"],
    ["one that many people have, in French", "motdepasse", "COMMON"],
    ["a common one with digits around", "1Football#90", "COMMON"],
    ["the address, in other letters", "ADA.byron@analytical.TEST", "PERSONAL"],
    ["the part of the address before the @", "ada.byron", "PERSONAL"],
    ["a part of the address with a year", "Byron-1815!", "PERSONAL"],
    ["the name", "ada lovelace", "PERSONAL"],
    ["the name, with accents and another order", "Lövelace, Ädà", "PERSONAL"],
    ["the name and a common password", "lovelace123456", "PERSONAL"],
    ["the name of the product", "Meetinity2026", "PERSONAL"],
    ["the host of the address", "analytical42", "PERSONAL"],
  ])("that is %s is refused by a rule with a name", (_what, password, rule) => {
    expect(ruleOf(password)).toBe(rule);
  });

  test("that is a word of the headline is refused", () => {
    expect(ruleOf("mathematician!", "Mathematician & poet")).toBe("PERSONAL");
    expect(ruleOf("mathematician!")).toBe("accepted");
  });

  test.each([
    ["eight characters", "kq7vz2mw"],
    ["eight emoji", "🦊🐻🐼🐨🦁🐯🐮🐷"],
    ["a sentence", "correct horse battery staple"],
    ["a sentence with the name in it", "ada counts purple wheels"],
    ["a sentence in another script", "бабушка печёт пироги"],
    ["256 characters", "a long sentence, ".padEnd(256, "qz7 ")],
    ["spaces at its ends", "  kq7vz2  "],
  ])("of %s is accepted", (_what, password) => {
    expect(ruleOf(password)).toBe("accepted");
  });

  test("is the same whichever way a keyboard writes its accents", () => {
    expect(normalPassword("cafe\u0301 cafe\u0301")).toBe(normalPassword("caf\u00e9 caf\u00e9"));
  });

  test("of 256 characters is judged at once, whatever they are", () => {
    const startedAt = performance.now();
    for (const unit of ["ab", "a", "🦊", "ada", "é"]) ruleOf(`${unit.repeat(120)}!`.slice(0, 256));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});
