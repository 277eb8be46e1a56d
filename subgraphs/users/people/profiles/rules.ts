// Computes a changed profile. Pure: no clock, no database.
import type { Intent } from "../../generated/prisma/enums.ts";

/** The fields of a profile that a person can change. */
export interface Profile {
  readonly displayName: string;
  readonly headline: string | null;
  readonly bio: string | null;
  readonly location: string | null;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly interests: readonly string[];
  readonly intents: readonly Intent[];
}

/** A missing field stays as it is; null empties it. */
export type ProfileChange = {
  readonly [Field in keyof Profile]?: Profile[Field] | null | undefined;
};

export type ChangeVerdict =
  | { readonly kind: "changed"; readonly profile: Profile }
  | { readonly kind: "nameless" };

/** Keeps the first of texts that have the same meaning. */
type Distinct = <Text extends string>(texts: readonly Text[]) => Text[];

/** Applies a change of clean texts. An empty text empties its field; lists have entries once. */
export function changeProfile(
  profile: Profile,
  change: ProfileChange,
  distinct: Distinct,
): ChangeVerdict {
  const listOf = <Item extends string>(
    stored: readonly Item[],
    given: readonly Item[] | null | undefined,
  ) => (given === undefined ? stored : distinct((given ?? []).filter((item) => item !== "")));
  const displayName = change.displayName === undefined ? profile.displayName : change.displayName;
  if (!displayName) return { kind: "nameless" };
  return {
    kind: "changed",
    profile: {
      displayName,
      headline: textOf(profile.headline, change.headline),
      bio: textOf(profile.bio, change.bio),
      location: textOf(profile.location, change.location),
      languages: listOf(profile.languages, change.languages),
      skills: listOf(profile.skills, change.skills),
      interests: listOf(profile.interests, change.interests),
      intents: listOf(profile.intents, change.intents),
    },
  };
}

function textOf(stored: string | null, given: string | null | undefined): string | null {
  return given === undefined ? stored : given || null;
}
