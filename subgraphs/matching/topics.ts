// Canonical forms of what people write about themselves: topics for skills and interests, languages
// without regions, folded places. Pure. The person's own wording is stored beside them.
import { fold } from "#kit/input/fold";
import { topicNames } from "./topic-names.ts";

export interface Topic {
  /** Equal for all spellings of a topic. */
  readonly key: string;
  /** The person's own wording. */
  readonly wording: string;
}

/** A folded text with normalized spacing, so that equal words give equal texts. */
export function wordingKey(text: string): string {
  return fold(text)
    .replace(/[\s_\-\u2010-\u2015]+/gu, " ")
    .trim();
}

const shownNames = new Map(Object.keys(topicNames).map((name) => [wordingKey(name), name]));
const keys = new Map(
  Object.entries(topicNames).flatMap(([name, others]) =>
    [name, ...others].map((each) => [wordingKey(each), wordingKey(name)] as const),
  ),
);

/** The topics of a list, each once, with its first wording. */
export function topicsOf(wordings: readonly string[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const wording of wordings) {
    const folded = wordingKey(wording);
    const key = keys.get(folded) ?? folded;
    if (key && !topics.has(key)) topics.set(key, { key, wording });
  }
  return [...topics.values()];
}

/** The shown form of a topic: its known name, else the wording. */
export function shownAs(topic: Topic): string {
  return shownNames.get(topic.key) ?? topic.wording;
}

/** The keys of known topics, of which any name has a word that begins so. */
export function knownTopics(beginning: string): string[] {
  const searched = wordingKey(beginning);
  const found = [...keys].filter(([name]) => ` ${name}`.includes(` ${searched}`));
  return [...new Set(found.map(([, key]) => key))];
}

/** A language without region and script: speakers of `pt-BR` and `pt` understand each other. */
export function languageOf(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

/** Equal for equal places; null without a location. */
export function placeOf(location: string | null): string | null {
  const folded = wordingKey(location ?? "").replace(/\s*,\s*/g, ", ");
  return folded || null;
}
