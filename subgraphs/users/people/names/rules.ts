// Judges a review that a moderator settles. Pure: no clock, no database.

export type NameDecision = "KEEP" | "RESET";

export type SettleVerdict =
  | { readonly kind: "settle" }
  | { readonly kind: "same" }
  | { readonly kind: "settled"; readonly decision: NameDecision };

/** The first decision stays. `earlier` is null while the review is open. */
export function judgeSettling(decision: NameDecision, earlier: NameDecision | null): SettleVerdict {
  if (earlier === null) return { kind: "settle" };
  return earlier === decision ? { kind: "same" } : { kind: "settled", decision: earlier };
}

const NEUTRAL = { en: "Member", fr: "Membre" } as const;
const ENDING_LENGTH = 6;

/** A name that says nothing. It has the end of the id, so that two of them can be told apart. */
export function neutralName(personId: string, language: keyof typeof NEUTRAL): string {
  return `${NEUTRAL[language]} ${personId.slice(-ENDING_LENGTH)}`;
}
