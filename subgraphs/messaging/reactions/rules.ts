// What a reaction may be, and how many kinds of them a message bears. Pure.

/** How many kinds of reactions a message may have. */
export const KINDS_MAX = 20;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|^[0-9#*]\ufe0f?\u20e3$/u;

/** True for exactly one emoji, however many code points it is made of. */
export function isEmoji(text: string): boolean {
  return [...graphemes.segment(text)].length === 1 && PICTOGRAPH.test(text);
}

export type ReactVerdict = { readonly kind: "add" | "same" | "tooMany" | "deleted" };

/**
 * Judges an emoji for a message that bears `kinds`; `isThere` says that the person gave it before.
 */
export function judgeReaction(
  message: { readonly body: string | null },
  kinds: readonly string[],
  emoji: string,
  isThere: boolean,
): ReactVerdict {
  if (message.body === null) return { kind: "deleted" };
  if (isThere) return { kind: "same" };
  if (kinds.length >= KINDS_MAX && !kinds.includes(emoji)) return { kind: "tooMany" };
  return { kind: "add" };
}
