// Guarantees about questions that are set anew.
import { describe, expect, test } from "vitest";
import {
  type AskedQuestion,
  planQuestions,
  type QuestionDraft,
  questionMistakes,
} from "./rules.ts";

const draft = (fields: Partial<QuestionDraft> = {}): QuestionDraft => ({
  id: null,
  kind: "TEXT",
  text: "Diet?",
  options: [],
  isMultiple: false,
  isRequired: false,
  ...fields,
});
const asked = (id: string, fields: Partial<AskedQuestion> = {}): AskedQuestion => ({
  ...draft(),
  id,
  hasAnswers: true,
  ...fields,
});
const choice = { kind: "CHOICE", options: ["Red", "Blue"] } as const;
const nothing = { archived: [], deleted: [], updated: [], inserted: [] };

describe("a question with answers", () => {
  test("stays when only its place, and whether it is required, changes", () => {
    const drafts = [draft({ id: "b" }), draft({ id: "a", isRequired: true })];
    expect(planQuestions(drafts, [asked("a"), asked("b")])).toEqual({
      ...nothing,
      updated: [
        { id: "a", at: 1 },
        { id: "b", at: 0 },
      ],
    });
  });

  test.each([
    ["text", { text: "Food?" }],
    ["kind", { kind: "CHOICE", options: ["Red"] }],
  ] as const)("is archived when its %s changes, and another takes its place", (_what, change) => {
    expect(planQuestions([draft({ id: "a", ...change })], [asked("a")])).toEqual({
      ...nothing,
      archived: ["a"],
      inserted: [0],
    });
  });

  test("may get options and may allow several, and is archived when it loses one", () => {
    const question = asked("a", choice);
    const more = draft({ id: "a", ...choice, options: ["Blue", "Green", "Red"], isMultiple: true });
    expect(planQuestions([more], [question]).updated).toEqual([{ id: "a", at: 0 }]);
    const fewer = draft({ id: "a", ...choice, options: ["Red"] });
    expect(planQuestions([fewer], [question]).archived).toEqual(["a"]);
    const single = draft({ id: "a", ...choice });
    expect(planQuestions([single], [{ ...question, isMultiple: true }]).archived).toEqual(["a"]);
  });

  test("is archived when it is removed; without answers it is deleted or changed", () => {
    const open = asked("b", { hasAnswers: false });
    expect(planQuestions([], [asked("a"), open])).toEqual({
      ...nothing,
      archived: ["a"],
      deleted: ["b"],
    });
    expect(planQuestions([draft({ id: "b", text: "Food?" })], [open])).toEqual({
      ...nothing,
      updated: [{ id: "b", at: 0 }],
    });
  });
});

test.each([
  ["an id of another event", [draft({ id: "x" })], "id"],
  ["a repeated id", [draft({ id: "a" }), draft({ id: "a" })], "id"],
  ["options of a text", [draft({ options: ["Red"] })], "options"],
  ["several answers to a text", [draft({ isMultiple: true })], "isMultiple"],
  ["a choice without options", [draft({ kind: "CHOICE" })], "options"],
  ["equal options", [draft({ kind: "CHOICE", options: ["Red", "Red"] })], "options"],
])("%s is a mistake", (_what, drafts, field) => {
  const mistakes = questionMistakes(drafts, [{ id: "a" }]);
  expect(mistakes.map((mistake) => [mistake.at, mistake.field])).toEqual([
    [drafts.length - 1, field],
  ]);
});

test("questions of all kinds without mistakes have none", () => {
  expect(questionMistakes([draft({ id: "a" }), draft(choice)], [{ id: "a" }])).toEqual([]);
});
