// The canonical form of what people write about themselves: skills and interests become topics,
// languages their first part, places a folded text. Pure; the person's own words are kept beside.
import { fold } from "#kit/input/fold";
import { topicNames } from "./topic-names.ts";

export interface Topic {
  /** Equal for all ways of writing it. */
  readonly key: string;
  /** The person's own word for it. */
  readonly wording: string;
}

/** A folded text without differences of spacing, so that equal words are equal texts. */
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

/** The topics of a list, each once, under the word that the person wrote first. */
export function topicsOf(wordings: readonly string[]): Topic[] {
  const topics = new Map<string, Topic>();
  for (const wording of wordings) {
    const folded = wordingKey(wording);
    const key = keys.get(folded) ?? folded;
    if (key && !topics.has(key)) topics.set(key, { key, wording });
  }
  return [...topics.values()];
}

/** How a topic is shown: by its known name, else in the given words. */
export function shownAs(topic: Topic): string {
  return shownNames.get(topic.key) ?? topic.wording;
}

/** A language without its region or script: `pt-BR` and `pt` are spoken to each other. */
export function languageOf(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

/** Equal for equal places; null where none is said. */
export function placeOf(location: string | null): string | null {
  const folded = wordingKey(location ?? "").replace(/\s*,\s*/g, ", ");
  return folded || null;
}
