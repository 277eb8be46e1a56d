// Judges an answer to an offer. Pure: the caller reads the arguments behind the lock.

interface Offered {
  readonly status: string;
  readonly cancelledBy: string | null;
  readonly offerExpiresAt: Date | null;
}

export type Answer = "accept" | "decline";

export type AnswerVerdict =
  | { readonly kind: "open" }
  | { readonly kind: "answered" }
  | { readonly kind: "wrongStatus" }
  | { readonly kind: "expired"; readonly expiredAt: Date }
  | { readonly kind: "ended"; readonly endedAt: Date };

/**
 * Judges an answer to an offer, without the time of the offer: who takes it, judges that. The same
 * answer again has happened already.
 */
export function judgeAnswer(
  event: { readonly endsAt: Date; readonly status: string },
  { status, cancelledBy, offerExpiresAt }: Offered,
  answer: Answer,
  now: Date,
): AnswerVerdict {
  if (answer === "accept" && status === "CONFIRMED") return { kind: "answered" };
  const isDeclined = status === "DECLINED" && cancelledBy === "ATTENDEE";
  if (answer === "decline" && isDeclined) return { kind: "answered" };
  if (event.endsAt <= now || event.status === "CANCELLED") {
    return { kind: "ended", endedAt: event.endsAt };
  }
  if (status === "EXPIRED" && offerExpiresAt) return { kind: "expired", expiredAt: offerExpiresAt };
  return { kind: status === "OFFERED" ? "open" : "wrongStatus" };
}
