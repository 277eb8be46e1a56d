// The one form in which texts of people are compared and searched: without case, compatibility
// forms and what a script's writers leave out. What is shown is never folded.

/**
 * The version of `fold` and `wordsOf`. It stands beside every stored result, and grows with every
 * change of a result: then what is stored is folded anew (`kit/data/refolding.ts`).
 */
export const FOLD_VERSION = 1;

/** Shows nothing: joiners, soft hyphens, variation selectors, fillers. */
const IGNORABLE = "\\p{Default_Ignorable_Code_Point}";
/** Vowel signs and marks of recitation. Madda and hamza make other letters, and stay. */
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
/** `ё` is an `е` with a diaeresis. `й` and all others are letters of their own. */
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
 * Folds a text: NFKC without case (`ß` is `ss`, final `ς` is `σ`); marks go behind Latin and Greek
 * letters, of Cyrillic `ё` is `е`, Arabic vowel signs, tatweel and Hebrew points go. All other
 * marks stay, for they make other letters: Indic vowel signs, Thai tones, dakuten. Folding again
 * changes nothing.
 */
export function fold(text: string): string {
  const bare = text.normalize("NFKD").replace(LEFT_OUT, "").normalize("NFD");
  return withoutMarks(withoutCase(withoutMarks(bare)))
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .replace(MARKED_IE, (marked) => marked.replaceAll("\u0308", ""))
    .normalize("NFC");
}

/** Those that no earlier one folds like. */
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

/** By way of capitals, which many small letters share, and from small ones, for the capital `ẞ`. */
function withoutCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

/** Scripts that put no space between words. */
const SPACELESS = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"]
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("");
const PART = "[\\p{L}\\p{M}\\p{N}]";
const RUN = `(?:(?=${PART})[${SPACELESS}])+`;
/** With the signs behind it that tell `C++` and `C#` from `C`. */
const WORD = `(?!${RUN})[\\p{L}\\p{N}](?:(?!${RUN})${PART})*[+#]*`;
const WORDS = new RegExp(`${RUN}|${WORD}|\\p{S}`, "gu");
const IS_RUN = new RegExp(`^${RUN}$`, "u");

/**
 * The folded words of a text, each once: letters and digits, what is written without spaces in one
 * piece, and each symbol by itself. Punctuation is no word.
 */
export function wordsOf(text: string): string[] {
  return [...new Set(fold(text).match(WORDS) ?? [])];
}

/** The words of texts, as `wordPatterns` looks for them. */
export function wordIndexOf(texts: readonly string[]): string {
  return ` ${wordsOf(texts.join("\n")).join(" ")} `;
}

/**
 * What a `wordIndexOf` must contain, all of it, to be found by a search: its words in any order,
 * the last one at least begun. Of a script without spaces any piece is a word. Empty when the
 * search has no words. No pattern holds a wildcard of LIKE.
 */
export function wordPatterns(search: string): string[] {
  const words = wordsOf(search);
  return words.map((word, at) => {
    if (IS_RUN.test(word)) return word;
    return at === words.length - 1 ? ` ${word}` : ` ${word} `;
  });
}
