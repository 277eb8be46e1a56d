// Measures nesting without recursion. Code that walks a document or a value later makes a call for
// each level, and an exhausted stack would be an error of the platform.

/** More than any operation needs, and far less than overflows a stack. */
export const NESTING_MAX = 100;

/** The deepest nesting of brackets in a GraphQL document or a JSON text, outside of strings. */
export function nestingOfText(text: string): number {
  let deepest = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (character === "#") at = endOfLine(text, at);
    else if ("[({".includes(character)) depth += 1;
    else if ("])}".includes(character)) depth = Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const BLOCK = '"""';

/** The index of the last character of a string, or of what only begins like one. */
function endOfString(text: string, start: number): number {
  if (text.startsWith(BLOCK, start)) {
    let end = text.indexOf(BLOCK, start + BLOCK.length);
    while (end > 0 && text.charAt(end - 1) === "\\") {
      end = text.indexOf(BLOCK, end + BLOCK.length);
    }
    return end < 0 ? text.length : end + BLOCK.length - 1;
  }
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "\\") at += 1;
    else if ('"\n\r'.includes(character)) return at;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && !"\n\r".includes(text.charAt(at))) at += 1;
  return at;
}

/** The deepest nesting of lists and objects in a value that was parsed from JSON. */
export function nestingOfValue(value: unknown): number {
  let level = [value].filter(isNested);
  let deepest = 0;
  while (level.length > 0) {
    deepest += 1;
    level = level.flatMap((each) => Object.values(each).filter(isNested));
  }
  return deepest;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
