// Finds web addresses in a text. Only http and https become links, never anything else. Pure.

export interface TextPart {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  /** Of a link. */
  readonly href?: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\u2018-\u201f\u00ab\u00bb\p{C}]+/giu;

/** The parts together are the text. */
export function linkify(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const link = withoutPunctuation(found);
    if (!isWebAddress(link)) continue;
    if (index > end) parts.push({ at: end, text: text.slice(end, index) });
    parts.push({ at: index, text: link, href: link });
    end = index + link.length;
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end) });
  return parts;
}

const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Without the end of the sentence, and without a bracket that was opened before the address. */
function withoutPunctuation(address: string): string {
  let link = address;
  for (;;) {
    const last = link.at(-1) ?? "";
    const opening = CLOSING[last];
    const isPunctuation = /[.,;:!?*_~…]/.test(last);
    const isUnopened = opening !== undefined && count(link, last) > count(link, opening);
    if (!isPunctuation && !isUnopened) return link;
    link = link.slice(0, -1);
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** A name or number of a host, without a user name, which could pretend to be the host. */
function isWebAddress(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { username, password } = new URL(link);
  return username === "" && password === "";
}
