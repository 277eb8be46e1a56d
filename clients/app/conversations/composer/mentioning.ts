// Mentions in the text that a person writes: which name they are typing, whom it may mean, and whom
// the text mentions when it is sent. Pure.

export interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** A name that is being typed: where its `@` stands, and what is behind it. */
export interface Typed {
  readonly start: number;
  readonly query: string;
}

export interface Mention {
  readonly userId: string;
  readonly start: number;
  readonly length: number;
}

/** The people whom a text mentions. */
export interface Mentioned {
  readonly mentions: readonly Mention[];
  readonly isMentioningAll: boolean;
}

/** The most mentions of a text, as the server has it. */
const MENTIONS_MAX = 20;
const QUERY_MAX = 40;
/** As many people are suggested. */
const SUGGESTIONS_MAX = 6;

/** The words for all members, in every language of the app. */
const ALL = ["all", "tous"];
const ALL_WORDS = /(?<![\p{L}\p{N}_@])@(?:all|tous)(?![\p{L}\p{N}_])/giu;

/** The name that ends at the caret; null where none is being typed. */
export function typedAt(text: string, caret: number): Typed | null {
  const start = text.lastIndexOf("@", caret - 1);
  if (start < 0 || caret - start > QUERY_MAX) return null;
  const query = text.slice(start + 1, caret);
  // Behind a letter it is an address, not a name.
  const isBehindWord = start > 0 && /[\p{L}\p{N}_]/u.test(text[start - 1] ?? "");
  return isBehindWord || /[\n@]|\s\s|^\s/.test(query) ? null : { start, query };
}

/** The members whose name, or a part of it, begins as it was typed. */
export function suggested<Person extends Named>(
  query: string,
  people: readonly Person[],
): readonly Person[] {
  const wanted = folded(query);
  const found = people.filter(({ displayName }) => {
    const name = folded(displayName);
    return name.startsWith(wanted) || name.split(/\s+/).some((word) => word.startsWith(wanted));
  });
  return found.slice(0, SUGGESTIONS_MAX);
}

/** Whether the words for all members begin as it was typed. */
export function suggestsAll(query: string): boolean {
  const wanted = folded(query);
  return ALL.some((word) => word.startsWith(wanted));
}

/** The text with a name in place of what was typed, and where the caret stands then. */
export function completed(text: string, { start, query }: Typed, name: string) {
  const behind = text.slice(start + 1 + query.length);
  const before = `${text.slice(0, start)}@${name}`;
  const gap = /^\s/.test(behind) ? "" : " ";
  return { text: `${before}${gap}${behind}`, caret: before.length + 1 };
}

/**
 * The people whom a text mentions: each `@` with the whole name of a member behind it, the longest
 * name first. Of people with the same name it is one of `chosen`, if there is one.
 */
export function mentionsIn(
  text: string,
  people: readonly Named[],
  chosen: ReadonlySet<string>,
): readonly Mention[] {
  const byLength = [...people].sort(
    (one, other) =>
      other.displayName.length - one.displayName.length ||
      Number(chosen.has(other.id)) - Number(chosen.has(one.id)),
  );
  const mentions: Mention[] = [];
  for (let start = text.indexOf("@"); start >= 0; start = text.indexOf("@", start + 1)) {
    const person = byLength.find(({ displayName }) => isNameAt(text, start + 1, displayName));
    if (!person || /[\p{L}\p{N}_]/u.test(text[start - 1] ?? "")) continue;
    mentions.push({ userId: person.id, start, length: 1 + person.displayName.length });
  }
  return mentions.slice(0, MENTIONS_MAX);
}

function isNameAt(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/^[\p{L}\p{N}_]/u.test(text.slice(at + name.length));
}

/** Where a text has a word for all members. */
export function wordsForAll(text: string): readonly Omit<Mention, "userId">[] {
  return [...text.matchAll(ALL_WORDS)].map(({ index, 0: word }) => ({
    start: index,
    length: word.length,
  }));
}

/** Without accents and capitals. */
export function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
}
