// Guarantees about settled reviews of names.
import { expect, test } from "vitest";
import { judgeSettling, neutralName } from "./rules.ts";

test("the first decision stays, and the same one again changes nothing", () => {
  expect(judgeSettling("KEEP", null)).toEqual({ kind: "settle" });
  expect(judgeSettling("RESET", "RESET")).toEqual({ kind: "same" });
  expect(judgeSettling("RESET", "KEEP")).toEqual({ kind: "settled", decision: "KEEP" });
});

test("a neutral name is in the person's language, and differs from person to person", () => {
  expect(neutralName("01890000-0000-7000-8000-0000004f2a9c", "en")).toBe("Member 4f2a9c");
  expect(neutralName("01890000-0000-7000-8000-0000004f2a9d", "fr")).toBe("Membre 4f2a9d");
});
