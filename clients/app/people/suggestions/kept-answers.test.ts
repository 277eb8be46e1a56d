// Guarantees about kept answers: they are of the person who gave them, and nothing else is taken
// for one.
import { expect, it } from "vitest";
import { answersIn } from "./kept-answers.ts";

const answers = [{ id: "1", answer: "DECLINE" }];

it("answers are those of the person who gave them", () => {
  const text = JSON.stringify({ viewerId: "ada", answers });
  expect(answersIn(text, "ada")).toEqual(answers);
  expect(answersIn(text, "grace")).toEqual([]);
});

it.each([
  null,
  "",
  "{",
  "[]",
  '{"viewerId":"ada"}',
  '{"viewerId":"ada","answers":[null,{"id":1,"answer":"ACCEPT"},{"id":"2","answer":"MAYBE"}]}',
])("%j holds no answer", (text) => {
  expect(answersIn(text, "ada")).toEqual([]);
});
