// The form in which texts of people are compared and searched: without case, without compatibility
// forms, and without marks that writers often omit. Shown texts are never folded.

/**
 * The version of `fold` and `wordsOf`. It is stored beside every result. Raise it with every change
 * of a result, so that `kit/data/refolding.ts` recomputes stored folds.
 */
export const FOLD_VERSION = 1;

/** Invisible: joiners, soft hyphens, variation selectors, fillers. */
const IGNORABLE = "\\p{Default_Ignorable_Code_Point}";
/** Vowel signs and marks of recitation. Madda and hamza make other letters, so they stay. */
const ARABIC = "\\u0610-\\u061a\\u064b-\\u0652\\u0656-\\u065f\\u0670";
const ARABIC_RECITATION =
  "\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u08ca-\\u08ff";
const TATWEEL = "\\u0640";
const HEBREW_POINTS = "\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\ufb1e";

const LEFT_OUT = new RegExp(
  `[${IGNORABLE}${ARABIC}${ARABIC_RECITATION}${TATWEEL}${HEBREW_POINTS}]+`,
  "gu",
);
const MARKED = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
/** Writers often write `е` for `ё`. `й` and all others are letters of their own. */
const MARKED_IE = /е\p{M}+/gu;

/** Latin letters that do not decompose. The dotless `ı` has the capital I. */
const LETTERS: Readonly<Record<string, string>> = {
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

/**
 * Folds a text: NFKC without case (`ß` becomes `ss`, final `ς` becomes `σ`). Removes marks of Latin
 * and Greek letters, Arabic vowel signs, tatweel and Hebrew points, and turns `ё` into `е`. Other
 * marks stay, because they make other letters: Indic vowel signs, Thai tones, dakuten. Folding
 * twice changes nothing more.
 */
export function fold(text: string): string {
  const bare = text.normalize("NFKD").replace(LEFT_OUT, "").normalize("NFD");
  return withoutMarks(withoutCase(withoutMarks(bare)))
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .replace(MARKED_IE, (marked) => marked.replaceAll("\u0308", ""))
    .normalize("NFC");
}

/** Keeps the first text of each fold. */
export function distinct<Text extends string>(texts: readonly Text[]): Text[] {
  const byFold = new Map<string, Text>();
  for (const text of texts) {
    const key = fold(text);
    if (!byFold.has(key)) byFold.set(key, text);
  }
  return [...byFold.values()];
}

function withoutMarks(text: string): string {
  return text.replace(MARKED, "$1");
}

/** To capitals, which many small letters share; first to small letters, for the capital `ẞ`. */
function withoutCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** Scripts without spaces between words. */
const SPACELESS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("");
const PART = "[\\p{L}\\p{M}\\p{N}]";
const RUN = `(?:(?=${PART})[${SPACELESS}])+`;
/** Includes the signs that distinguish `C++` and `C#` from `C`. */
const WORD = `(?!${RUN})[\\p{L}\\p{N}](?:(?!${RUN})${PART})*[+#]*`;
const WORDS = new RegExp(`${RUN}|${WORD}|\\p{S}`, "gu");
const IS_RUN = new RegExp(`^${RUN}$`, "u");

/**
 * The distinct folded words of a text: runs of letters and digits, runs of a script without spaces,
 * and single symbols. Punctuation is not a word.
 */
export function wordsOf(text: string): string[] {
  return [...new Set(fold(text).match(WORDS) ?? [])];
}

/** The words of texts in the form that `wordPatterns` searches. */
export function wordIndexOf(texts: readonly string[]): string {
  return ` ${wordsOf(texts.join("\n")).join(" ")} `;
}

/**
 * Patterns of LIKE for a search: a `wordIndexOf` matches when it contains all of them. Words may
 * come in any order, and the last one may be incomplete. In scripts without spaces any part of a
 * run matches. Empty for a search without words. No pattern contains a wildcard of the user.
 */
export function wordPatterns(search: string): string[] {
  const words = wordsOf(search);
  return words.map((word, at) => {
    if (IS_RUN.test(word)) return word;
    return at === words.length - 1 ? ` ${word}` : ` ${word} `;
  });
}
