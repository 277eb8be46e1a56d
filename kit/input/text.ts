// Checks texts that people write and see: a line and a body. Also gives the form in which a text is
// shown in an error message, and the form in which a line is stored.

/**
 * Invisible characters that are letters and symbols by their properties: blank Braille, the object
 * replacement character, a musical null notehead and two blank hieroglyphs.
 */
const BLANK = "\\u2800\\ufffc\\u{1d159}\\u{13441}\\u{13442}";
const UNSEEN = `\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}${BLANK}`;

/** A letter, number, sign or symbol, or an unassigned character: a later Unicode may define it. */
const VISIBLE = new RegExp(`(?![${UNSEEN}])[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Cn}]`, "u");

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** All control characters except tabs and line breaks. */
const CONTROL_IN_BODY = /(?![\t\n\r])\p{Cc}/u;
/** Each paragraph has a direction of its own. */
const PARAGRAPHS = /[\n\r\u2029]/u;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/gu;
const OVERRIDES = "\u202d\u202e";
const ISOLATES = "\u2066\u2067\u2068";
const END_OF_ISOLATE = "\u2069";
const END_OF_EMBEDDING = "\u202c";

/**
 * The mistake in a single line that people see; null when there is none. Joiners and direction
 * marks are allowed, because scripts need them.
 */
export function lineMistake(text: string): string | null {
  if (CONTROL.test(text)) return "must be one line, without line breaks and control characters";
  return mistakeOf(text);
}

/** The mistake in a text of several lines that people see; null when there is none. */
export function bodyMistake(text: string): string | null {
  if (CONTROL_IN_BODY.test(text)) return "must not contain control characters";
  return mistakeOf(text);
}

/** A text of white space only passes: `minLength` says whether a text is required. */
function mistakeOf(text: string): string | null {
  if (text.trim() !== "" && !VISIBLE.test(text)) return "must hold something that can be seen";
  if (!text.split(PARAGRAPHS).every(isBalanced)) {
    return "must not override the reading direction, nor leave an isolate or embedding open";
  }
  return null;
}

/** True when a paragraph has no overrides, and closes its isolates and embeddings in order. */
function isBalanced(paragraph: string): boolean {
  const open: string[] = [];
  for (const [character] of paragraph.matchAll(DIRECTIONS)) {
    if (OVERRIDES.includes(character)) return false;
    if (character === END_OF_ISOLATE || character === END_OF_EMBEDDING) {
      if (open.pop() !== character) return false;
    } else open.push(ISOLATES.includes(character) ? END_OF_ISOLATE : END_OF_EMBEDDING);
  }
  return open.length === 0;
}

const HIDDEN = new RegExp(`(?! )[${UNSEEN}\\p{C}\\p{Z}]`, "gu");

/** A text with its invisible characters as codes, for example `<U+200B>`. */
export function visibly(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** A line as it is stored: every run of white space is one space, with none at the ends. */
export function cleanLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
