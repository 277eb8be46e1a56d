// The passwords that most people choose. The list is common-passwords.txt, which says where it is
// from; `npm run commonest` makes it.
import { readFileSync } from "node:fs";

const text = readFileSync(new URL("./common-passwords.txt", import.meta.url), "utf8");
/** Behind the notice of the list is an empty line. */
const COMMON: ReadonlySet<string> = new Set(text.slice(text.indexOf("\n\n") + 2).split("\n"));

/** Whether many people choose it. Takes a folded text. */
export function isCommon(folded: string): boolean {
  return COMMON.has(folded);
}
