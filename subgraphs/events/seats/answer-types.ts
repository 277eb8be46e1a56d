// Answers as the graph's types have them, for all mutations that take answers.
import type { AnswerViolation, GivenAnswer } from "./answers/rules.ts";

interface AnswerInput {
  readonly questionId: string;
  readonly text?: string | null | undefined;
  readonly choices?: readonly string[] | null | undefined;
}

/** Answers without white space at their ends. */
export function toAnswers(inputs: readonly AnswerInput[]): GivenAnswer[] {
  return inputs.map(({ questionId, text, choices }) => ({
    questionId,
    text: text?.trim() || null,
    choices: choices ?? [],
  }));
}

/** The problem of answers that break rules. */
export function invalidAnswers(violations: readonly AnswerViolation[]) {
  return {
    __typename: "InvalidAnswersProblem" as const,
    reason: "An answer is missing, or does not fit its question.",
    violations,
  };
}
