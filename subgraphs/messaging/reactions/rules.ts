// How many kinds of reactions a message may have, in all and from one person. Pure.

/** The most kinds of reactions of a message. */
export const KINDS_MAX = 20;
/** The most kinds from one person, so that nobody uses up all kinds. */
export const OWN_KINDS_MAX = 5;

/** One kind of reaction of a message. */
interface Kind {
  readonly emoji: string;
  /** True when the person is one of those who gave it. */
  readonly isViewerAmong: boolean;
}

export type ReactRefusal =
  | { readonly kind: "deleted" }
  | { readonly kind: "tooMany"; readonly kindsMax: number }
  | { readonly kind: "tooManyOwn"; readonly ownKindsMax: number };

export type ReactVerdict = ReactRefusal | { readonly kind: "add" } | { readonly kind: "same" };

/** Judges a person's emoji for a message that has `kinds`; all spellings are qualified. */
export function judgeReaction(
  message: { readonly body: string | null },
  kinds: readonly Kind[],
  emoji: string,
): ReactVerdict {
  if (message.body === null) return { kind: "deleted" };
  const same = kinds.find((each) => each.emoji === emoji);
  if (same?.isViewerAmong) return { kind: "same" };
  const own = kinds.filter((each) => each.isViewerAmong);
  if (own.length >= OWN_KINDS_MAX) return { kind: "tooManyOwn", ownKindsMax: OWN_KINDS_MAX };
  if (!same && kinds.length >= KINDS_MAX) return { kind: "tooMany", kindsMax: KINDS_MAX };
  return { kind: "add" };
}
