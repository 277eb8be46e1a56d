// Guarantees about answers in a form.
import { expect, test } from "vitest";
import { answersIn, fieldOf, missingIn, type Question } from "./answers.ts";

const diet: Question = {
  __typename: "Question",
  id: "diet",
  kind: "TEXT",
  text: "Diet?",
  options: [],
  isMultiple: false,
  isRequired: true,
};
const days: Question = { ...diet, id: "days", kind: "CHOICE", options: ["One", "Two"] };

function form(entries: readonly (readonly [Question, string])[]): FormData {
  const data = new FormData();
  for (const [question, value] of entries) data.append(fieldOf(question), value);
  return data;
}

test("a text is sent without the white space around it, choices as they are", () => {
  const data = form([
    [diet, " nuts\n"],
    [days, "One"],
    [days, "Two"],
  ]);
  expect(answersIn(data, [diet, days])).toEqual([
    { questionId: "diet", text: "nuts" },
    { questionId: "days", choices: ["One", "Two"] },
  ]);
});

test("empty answers are not sent, and are missing where one is required", () => {
  const answers = answersIn(
    form([
      [diet, "  "],
      [days, ""],
    ]),
    [diet, days],
  );
  expect(answers).toEqual([]);
  expect(missingIn(answers, [diet, { ...days, isRequired: false }])).toEqual({ diet: "REQUIRED" });
});
