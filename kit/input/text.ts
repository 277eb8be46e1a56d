// Text that people type and people see: what may stand in a line and in a body, how a text is
// shown in an error message, and the form in which a line is stored.

/**
 * Characters that show nothing, among letters and symbols: blank Braille, the object replacement
 * character, a musical null notehead and two blank hieroglyphs. The others have properties.
 */
const BLANK = "\\u2800\\ufffc\\u{1d159}\\u{13441}\\u{13442}";
const UNSEEN = `\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}${BLANK}`;

/** A letter, number, sign or symbol. What a later Unicode assigns may be one, so it counts. */
const VISIBLE = new RegExp(`(?![${UNSEEN}])[\\p{L}\\p{N}\\p{P}\\p{S}\\p{Cn}]`, "u");

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** But for tabs and line breaks. */
const CONTROL_IN_BODY = /(?![\t\n\r])\p{Cc}/u;
/** Each paragraph has a direction of its own. */
const PARAGRAPHS = /[\n\r\u2029]/u;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/gu;
const OVERRIDES = "\u202d\u202e";
const ISOLATES = "\u2066\u2067\u2068";
const END_OF_ISOLATE = "\u2069";
const END_OF_EMBEDDING = "\u202c";

/**
 * What is wrong with a single line that people see; null when nothing is. Joiners and direction
 * marks are right anywhere: scripts need them.
 */
export function lineMistake(text: string): string | null {
  if (CONTROL.test(text)) return "must be one line, without line breaks and control characters";
  return mistakeOf(text);
}

/** What is wrong with a text of several lines that people see; null when nothing is. */
export function bodyMistake(text: string): string | null {
  if (CONTROL_IN_BODY.test(text)) return "must not contain control characters";
  return mistakeOf(text);
}

/** White space alone is no text, and `minLength` says whether there must be some. */
function mistakeOf(text: string): string | null {
  if (text.trim() !== "" && !VISIBLE.test(text)) return "must hold something that can be seen";
  if (!text.split(PARAGRAPHS).every(isBalanced)) {
    return "must not override the reading direction, nor leave an isolate or embedding open";
  }
  return null;
}

/** True when a paragraph overrides nothing, and ends its isolates and embeddings in order. */
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

/** A text with what cannot be seen in it as `<U+200B>`. */
export function visibly(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

/** A line as it is stored: every run of white space is one space, and none stands at the ends. */
export function cleanLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
