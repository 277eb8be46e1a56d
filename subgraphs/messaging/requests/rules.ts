// Whether a person may ask more people, and how a request is answered. Pure.

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How many requests of one person, for each kind, may be unanswered within this time. */
export const ASKED_MAX = { DIRECT: 20, GROUP: 200 } as const;
const COUNTED_MS = 30 * DAY_MS;

/** Requests that were made after this instant count. */
export function countedSince(now: Date): Date {
  return new Date(now.getTime() - COUNTED_MS);
}

export interface Answered {
  readonly kind: "DIRECT" | "GROUP";
  readonly sentAt: Date | null;
  readonly refusedAt: Date | null;
  readonly memberCount: number;
}

export type AnswerVerdict =
  /** The same as a request that does not exist. */
  | { readonly kind: "notFound" }
  | { readonly kind: "join" | "refuse" | "same" }
  | { readonly kind: "tooMany"; readonly membersMax: number };

/**
 * The effect of an answer. `isOpening`: the receiver opens the direct conversation, perhaps before
 * the other wrote. A person who refused may still accept.
 */
export function judgeAnswer(
  request: Answered,
  answer: "ACCEPT" | "REFUSE",
  { isOpening, membersMax }: { readonly isOpening: boolean; readonly membersMax: number },
): AnswerVerdict {
  if (request.sentAt === null && !isOpening) return { kind: "notFound" };
  if (answer === "REFUSE") return { kind: request.refusedAt === null ? "refuse" : "same" };
  if (request.kind === "GROUP" && request.memberCount === 0) return { kind: "notFound" };
  if (request.kind === "GROUP" && request.memberCount >= membersMax) {
    return { kind: "tooMany", membersMax };
  }
  return { kind: "join" };
}
