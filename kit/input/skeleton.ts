// Which texts look alike: skeletons of confusable characters, by Unicode Technical Standard 39. A
// skeleton is for comparisons only and is never shown.
import unhomoglyph from "unhomoglyph";
import { FOLD_VERSION, fold } from "#kit/input/fold";

/**
 * The version of `looseSkeletonOf`, which folds. It is stored beside every result. Raise its last
 * digits with every change of a result, or of the list of confusables.
 */
export const SKELETON_VERSION = FOLD_VERSION * 100 + 1;

const IGNORABLE = /\p{Default_Ignorable_Code_Point}+/gu;

/**
 * The skeleton of UTS 39 §4: NFD without invisible characters, each character replaced by the
 * prototype of those that look like it (Unicode's confusables.txt, version 13), NFD again. Texts
 * with the same skeleton look alike. Case and marks matter: `Ian` looks like `lan`, not like `ian`.
 */
export function skeletonOf(text: string): string {
  const visible = text.normalize("NFD").replace(IGNORABLE, "");
  return unhomoglyph(visible).normalize("NFD");
}

const NOT_WRITTEN = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * A skeleton that also ignores case, accents, compatibility forms, spaces and punctuation: equal
 * for all spellings of a name in which one would read the same name. `I`, `i`, `l` and `1` are
 * equal, because a capital of one looks like a small letter of the other. A text without letters
 * and digits keeps its signs.
 */
export function looseSkeletonOf(text: string): string {
  const seen = fold(skeletonOf(text.normalize("NFKC")));
  // Again, because the small letter may look like something else: `M` is no `rn`, `m` is.
  const folded = fold(skeletonOf(seen)).replaceAll("i", "l");
  return folded.replace(NOT_WRITTEN, "") || folded.replace(/\s+/gu, "");
}
