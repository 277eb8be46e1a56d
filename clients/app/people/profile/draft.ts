// A profile while its person edits it: what is wrong with it, and what has changed. The server
// judges everything again.
import type { Intent, UpdateProfileInput, UserProfileQuery } from "@meetinity/client/operations";

type Profile = NonNullable<UserProfileQuery["user"]>;

export interface Draft {
  readonly displayName: string;
  readonly headline: string;
  readonly location: string;
  readonly bio: string;
  readonly intents: readonly Intent[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly languages: readonly string[];
}

export type FieldName = keyof Draft;

export const FIELDS: readonly FieldName[] = [
  "displayName",
  "headline",
  "location",
  "bio",
  "intents",
  "skills",
  "interests",
  "languages",
];

/** The limits of the API, in characters. */
export const LENGTH_MAX = { displayName: 80, headline: 120, location: 120, bio: 2_000 } as const;
export type TextName = keyof typeof LENGTH_MAX;

/** The most words in a list, and the most characters of a word. */
export const WORDS_MAX = 20;
export const WORD_LENGTH_MAX = 60;

export function draftOf(profile: Profile): Draft {
  const { displayName, headline, location, bio, intents, skills, interests, languages } = profile;
  const texts = { headline: headline ?? "", location: location ?? "", bio: bio ?? "" };
  return { displayName, ...texts, intents, skills, interests, languages };
}

/** As people count: an emoji of one code point is one. */
export const lengthOf = (text: string) => Array.from(text).length;

export interface Mistake {
  readonly rule: "required" | "tooLong";
  readonly limit: number;
}

/** The mistakes that the server would refuse, by field. */
export function mistakesIn(draft: Draft): Partial<Record<FieldName, Mistake>> {
  const names = Object.keys(LENGTH_MAX) as TextName[];
  const tooLong = names
    .filter((name) => lengthOf(draft[name]) > LENGTH_MAX[name])
    .map((name) => [name, { rule: "tooLong", limit: LENGTH_MAX[name] }] as const);
  const isNameless = draft.displayName.trim() === "";
  return {
    ...Object.fromEntries(tooLong),
    ...(isNameless && { displayName: { rule: "required", limit: 1 } }),
  };
}

/** The fields to change; null when nothing has changed. */
export function changesOf(draft: Draft, saved: Draft): UpdateProfileInput | null {
  const changed = FIELDS.filter((name) => !isEqual(draft[name], saved[name]));
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((name) => [name, sentValue(draft, name)]));
}

/** An empty text is none. */
function sentValue(draft: Draft, name: FieldName) {
  const value = draft[name];
  return typeof value !== "string" ? value : value.trim() === "" ? null : value;
}

function isEqual(one: string | readonly string[], other: string | readonly string[]): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

const comparison = new Intl.Collator(undefined, { sensitivity: "accent", usage: "search" });

/** Whether both are the same word for people who read them. */
export const isSameWord = (one: string, other: string) => comparison.compare(one, other) === 0;

export const isTooLong = (word: string) => lengthOf(word.trim()) > WORD_LENGTH_MAX;

/** A list with one more word; the same list when there is no room, or the word is in it. */
export function withWord(words: readonly string[], word: string): readonly string[] {
  const clean = word.trim().replace(/\s+/g, " ");
  const isLeftOut = clean === "" || isTooLong(clean) || words.length >= WORDS_MAX;
  return isLeftOut || words.some((each) => isSameWord(each, clean)) ? words : [...words, clean];
}
