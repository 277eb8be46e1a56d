// The effect of an answer to a suggestion. Pure: no clock, no database.

export type AnswerWord = "ACCEPT" | "DECLINE" | "LATER";

export interface Stored {
  readonly answer: AnswerWord;
  /** The other person is not suggested again until then; null for never. */
  readonly restsUntil: Date | null;
}

export type AnswerVerdict =
  /** They are a match already, and this answer is an acceptance. */
  | { readonly kind: "matched" }
  /** They are a match already, which this answer cannot undo. */
  | { readonly kind: "tooLate" }
  /** The same answer is stored and still holds. */
  | { readonly kind: "unchanged" }
  /** Store the answer; with `isMatch`, it makes them a match. */
  | { readonly kind: "store"; readonly stored: Stored; readonly isMatch: boolean };

const DAY_MS = 24 * 3_600_000;
const REST_DAYS = { DECLINE: 90, LATER: 7 } as const;

/**
 * Judges an answer. The latest answer counts until there is a match. An answer whose time has
 * passed is stored anew, so that its time starts again.
 */
export function judgeAnswer(
  answer: AnswerWord,
  mine: Stored | null,
  theirs: Stored | null,
  isMatched: boolean,
  now: Date,
): AnswerVerdict {
  if (isMatched) return { kind: answer === "ACCEPT" ? "matched" : "tooLate" };
  const isMatch = answer === "ACCEPT" && theirs?.answer === "ACCEPT";
  const holds = mine?.answer === answer && (mine.restsUntil === null || mine.restsUntil > now);
  if (holds && !isMatch) return { kind: "unchanged" };
  return { kind: "store", stored: { answer, restsUntil: restOf(answer, now) }, isMatch };
}

function restOf(answer: AnswerWord, now: Date): Date | null {
  return answer === "ACCEPT" ? null : new Date(now.getTime() + REST_DAYS[answer] * DAY_MS);
}

/** The two people of a pair in the order in which it is stored. */
export function pairOf(one: string, other: string): readonly [string, string] {
  return one < other ? [one, other] : [other, one];
}
