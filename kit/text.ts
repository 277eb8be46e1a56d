// Text that people type, brought into the form in which it is stored.

const BREAKS = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * One line: every run of white space, control characters and direction overrides becomes one space,
 * none at the ends. Empty when nothing in it can be seen.
 */
export function cleanLine(text: string): string {
  const line = text.replace(BREAKS, " ").trim();
  return VISIBLE.test(line) ? line : "";
}
