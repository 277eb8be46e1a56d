// Guarantees about answers.
import { describe, expect, test } from "vitest";
import { type Asked, isOpen, judgeAnswers } from "./rules.ts";

const diet: Asked = { id: "diet", kind: "TEXT", options: [], isMultiple: false, isRequired: true };
const colour: Asked = {
  id: "colour",
  kind: "CHOICE",
  options: ["Red", "Blue"],
  isMultiple: false,
  isRequired: false,
};
const days: Asked = { ...colour, id: "days", options: ["One", "Two"], isMultiple: true };
const questions = [diet, colour, days];
const text = (questionId: string, words: string | null) => ({
  questionId,
  text: words,
  choices: [],
});
const choice = (questionId: string, ...choices: string[]) => ({ questionId, text: null, choices });
const fine = text("diet", "none");

describe("answers", () => {
  test("that fit break no rule, and empty ones are no answers", () => {
    const given = [fine, choice("colour", "Red"), choice("days", "Two", "One")];
    expect(judgeAnswers(questions, given)).toEqual({ answers: given, violations: [] });
    expect(judgeAnswers(questions, [fine, choice("colour")])).toEqual({
      answers: [fine],
      violations: [],
    });
  });

  test.each([
    ["a missing one", [], "diet", "REQUIRED"],
    ["an empty one", [text("diet", null)], "diet", "REQUIRED"],
    ["a strange one", [fine, text("x", "y")], "x", "UNKNOWN_QUESTION"],
    ["an empty strange one", [fine, text("x", null)], "x", "UNKNOWN_QUESTION"],
    ["a second one", [fine, fine], "diet", "REPEATED"],
    ["a choice for a text", [choice("diet", "none")], "diet", "WRONG_KIND"],
    ["a text for a choice", [fine, text("colour", "Red")], "colour", "WRONG_KIND"],
    ["no option", [fine, choice("colour", "red")], "colour", "UNKNOWN_OPTION"],
    ["an option twice", [fine, choice("days", "One", "One")], "days", "UNKNOWN_OPTION"],
    ["two options", [fine, choice("colour", "Red", "Blue")], "colour", "ONE_OPTION"],
  ])("with %s name the question and the rule", (_what, given, questionId, rule) => {
    expect(judgeAnswers(questions, given).violations).toEqual([{ questionId, rule }]);
  });

  test("change until the event begins, while it takes place and the registration counts", () => {
    const now = new Date("2026-05-04T12:00:00Z");
    const event = { startsAt: new Date("2026-05-04T12:00:01Z"), status: "PUBLISHED" };
    expect(isOpen(event, { status: "WAITLISTED" }, now)).toBe(true);
    expect(isOpen({ ...event, startsAt: now }, { status: "CONFIRMED" }, now)).toBe(false);
    expect(isOpen({ ...event, status: "CANCELLED" }, { status: "CONFIRMED" }, now)).toBe(false);
    expect(isOpen(event, { status: "CANCELLED" }, now)).toBe(false);
  });
});
