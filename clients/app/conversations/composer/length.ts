// How long a message may be, counted as the server counts: in characters, not in UTF-16 units.
// Pure.

export const BODY_MAX = 8_000;
/** From here on the reader sees how many characters are left. */
const NEAR = 500;

/** The text as it is sent: without empty lines at its start and white space at its end. */
export function sendable(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd();
}

/** How many characters are left; null while that is no matter. Negative: so many too many. */
export function charactersLeft(text: string): number | null {
  // A character has one or two units, so that the long way is needed near the limit alone.
  if (text.length < BODY_MAX - NEAR) return null;
  const left = BODY_MAX - lengthOf(text);
  return left <= NEAR ? left : null;
}

export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
