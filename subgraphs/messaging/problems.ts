// The refusals of messages as they are told to clients.
import { badInput } from "#kit/errors";

export const DELETED = {
  __typename: "MessageDeletedProblem",
  reason: "The message is deleted.",
} as const;

const SEND_PROBLEMS = {
  conflict: {
    __typename: "IdempotencyConflictProblem",
    reason: "This clientMessageId was used for another message; choose a new one.",
  },
  recipientGone: {
    __typename: "RecipientGoneProblem",
    reason: "The account of the other person no longer exists.",
  },
  requestPending: {
    __typename: "MessageRequestPendingProblem",
    reason: "The other person has not accepted the conversation; wait for their answer.",
  },
  threadDeleted: DELETED,
  attachmentNotUsable: {
    __typename: "AttachmentNotUsableProblem",
    reason: "A file of the message was refused, is in another message, or is gone.",
  },
} as const;

/** The Problem of a message that was not stored. */
export function problemOf<Kind extends keyof typeof SEND_PROBLEMS>(kind: Kind) {
  return SEND_PROBLEMS[kind];
}

/** The error for a thread that would begin with a reply of another one. */
export function nestedThread(field: string, received: string) {
  const message = "must be a message of the main timeline, got a reply in a thread";
  return badInput([{ field, message, received }]);
}

/** The error for a thread that nobody has begun yet. */
export function noReplies(field: string, received: string) {
  return badInput([
    { field, message: "must be a message with replies, got one without", received },
  ]);
}
