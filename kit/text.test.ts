// Text that people type, in the form in which it is stored.
import { expect, test } from "vitest";
import { cleanLine } from "#kit/text";

test("white space and control characters become one space", () => {
  expect(cleanLine("  Ada \t\n Love\u0007lace ")).toBe("Ada Love lace");
});

test("joiners stay, for they make letters and pictures", () => {
  expect(cleanLine("👩‍💻 می‌خواهم")).toBe("👩‍💻 می‌خواهم");
});

test("text that turns the reading direction around is set straight", () => {
  expect(cleanLine("Ada\u202Eadmin")).toBe("Ada admin");
});

test("text in which nothing can be seen is empty", () => {
  for (const text of ["", " ", "\u200B\u200D", "\u0301"]) expect(cleanLine(text)).toBe("");
});
