// Input about events in the form in which it is stored.
import { badInput } from "#kit/errors";
import { distinct } from "#kit/input/fold";
import { cleanLine } from "#kit/input/text";
import { canonicalTimeZone } from "#kit/input/time-zones";

/** The stored name of a zone; `@constraint` has refused what is none. */
export function zoneOf(name: string): string {
  const zone = canonicalTimeZone(name);
  if (zone !== null) return zone;
  throw badInput([
    { field: "input.timeZone", message: "must be an IANA time zone", received: name },
  ]);
}

/** Tags in lower case, each once. */
export function cleanTags(tags: readonly string[]): string[] {
  return distinct(tags.map((tag) => cleanLine(tag).toLowerCase()));
}

/** The canonical form of a language tag; nothing for an empty one. */
export function languageOf(tag: string | null | undefined): string | null {
  return (tag ? Intl.getCanonicalLocales(tag)[0] : null) ?? null;
}
