// Judges the answers of a person to an event's questions, and stores them. The caller has locked
// the event's stream: questions change behind the same lock.
import type { Transaction } from "../database.ts";
import { listQuestions } from "../planning/questions/store.ts";
import { type AnswerViolation, type GivenAnswer, judgeAnswers } from "./answers/rules.ts";
import { deleteCurrentAnswers, insertAnswers } from "./answers/store.ts";

export type InvalidAnswers = {
  readonly kind: "invalidAnswers";
  readonly violations: readonly AnswerViolation[];
};

/** The answers to store, or what is wrong with them. */
export async function acceptedAnswers(
  tx: Transaction,
  eventId: string,
  given: readonly GivenAnswer[],
): Promise<{ readonly kind: "valid"; readonly answers: readonly GivenAnswer[] } | InvalidAnswers> {
  const { answers, violations } = judgeAnswers(await listQuestions(tx, [eventId]), given);
  if (violations.length > 0) return { kind: "invalidAnswers", violations };
  return { kind: "valid", answers };
}

/** Stores accepted answers in place of those to the same questions. */
export async function replaceAnswers(
  tx: Transaction,
  registrationId: string,
  answers: readonly GivenAnswer[],
): Promise<void> {
  await deleteCurrentAnswers(tx, registrationId);
  await insertAnswers(tx, registrationId, answers);
}

/** Answers as a part of a request's hash; their order does not count. */
export function hashedAnswers(given: readonly GivenAnswer[]): string {
  const parts = given.map(({ questionId, text, choices }) =>
    JSON.stringify([questionId, text, choices.toSorted()]),
  );
  return parts.toSorted().join();
}
