// Applies facts about people from their owner. They may come in any order and repeatedly; the
// newest version wins. The caller's transaction also stores the offset.
import type { Transaction } from "../database.ts";
import { languageOf, placeOf, topicsOf } from "../topics.ts";
import {
  type BlockFact,
  markFolded,
  type ProfileFact,
  replaceTopics,
  type Unfolded,
  upsertBlock,
  upsertPerson,
} from "./store.ts";

/** Stores a profile with its canonical topics; false when it is not newer than the stored one. */
export async function applyProfile(tx: Transaction, fact: ProfileFact): Promise<boolean> {
  const languages = [...new Set(fact.languages.map(languageOf))];
  const isNew = await upsertPerson(tx, { ...fact, languages });
  if (!isNew) return false;
  await foldAll(tx, [{ ...fact, id: fact.personId }]);
  return true;
}

/** Stores the canonical topics and places of locked people, and the version of the fold. */
export async function foldAll(tx: Transaction, people: readonly Unfolded[]): Promise<void> {
  for (const person of people) {
    const topics = (["SKILL", "INTEREST"] as const).flatMap((kind) =>
      topicsOf(kind === "SKILL" ? person.skills : person.interests).map(({ key, wording }) => ({
        kind,
        topic: key,
        wording,
      })),
    );
    await replaceTopics(tx, person.id, topics);
  }
  await markFolded(
    tx,
    people.map(({ id, location }) => ({ id, place: placeOf(location) })),
  );
}

/** Stores a block or its end; false when it is not newer than the stored state. */
export async function applyBlock(tx: Transaction, fact: BlockFact): Promise<boolean> {
  return upsertBlock(tx, fact);
}
