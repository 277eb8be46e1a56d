// Refusals of messaging in the reader's language.
import type { TFunction } from "i18next";

/** A Problem, as operations select it. */
export interface Problem {
  readonly __typename: string;
  readonly kindsMax?: number;
  readonly ownKindsMax?: number;
}

const REFUSALS = [
  "NOT_FOUND",
  "FORBIDDEN",
  "BAD_USER_INPUT",
  "IdempotencyConflictProblem",
  "EmailNotVerifiedProblem",
  "RecipientGoneProblem",
] as const;

/** Why a message was not sent. */
export function explainRefusal(code: string | null, t: TFunction<"conversation">): string {
  return t(`refusals.${REFUSALS.find((each) => each === code) ?? "other"}`);
}

const PLAIN = [
  "StaleVersionProblem",
  "NotSenderProblem",
  "MessageDeletedProblem",
  "DirectConversationProblem",
  "EmailNotVerifiedProblem",
] as const;

export function explainProblem(problem: Problem, t: TFunction<"conversation">): string {
  const { __typename, kindsMax = 0, ownKindsMax = 0 } = problem;
  if (__typename === "TooManyReactionsProblem") {
    return t("problems.TooManyReactionsProblem", { count: kindsMax });
  }
  if (__typename === "TooManyOwnReactionsProblem") {
    return t("problems.TooManyOwnReactionsProblem", { count: ownKindsMax });
  }
  const known = PLAIN.find((each) => each === __typename);
  return t(`problems.${known ?? "other"}`);
}
