// Why a message was not sent, in the reader's language.
import type { TFunction } from "i18next";

const REFUSALS = [
  "AttachmentNotUsableProblem",
  "NOT_FOUND",
  "FORBIDDEN",
  "BAD_USER_INPUT",
  "IdempotencyConflictProblem",
  "EmailNotVerifiedProblem",
  "MentionNotMemberProblem",
  "MessageDeletedProblem",
  "MessageRequestPendingProblem",
  "NotAllowedProblem",
  "RecipientGoneProblem",
] as const;

/** `code`: of the error, or the type of the Problem. */
export function explainRefusal(code: string | null, t: TFunction<"conversation">): string {
  return t(`refusals.${REFUSALS.find((each) => each === code) ?? "other"}`);
}
