// Applies one fact about people, told by its owner: in any order, any number of times, the newest
// version wins. The transaction is the caller's, who stores the position of the fact with its
// effect.
import type { Transaction } from "../context.ts";
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

/** Takes a profile in, with its canonical topics. False when it is known, or older than known. */
export async function applyProfile(tx: Transaction, fact: ProfileFact): Promise<boolean> {
  const languages = [...new Set(fact.languages.map(languageOf))];
  const isNew = await upsertPerson(tx, { ...fact, languages });
  if (!isNew) return false;
  await foldAll(tx, [{ ...fact, id: fact.personId }]);
  return true;
}

/** Stores the canonical topics and places of people who are locked, and with which fold. */
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

/** Takes a block, or its end, in. False when it is known, or older than known. */
export async function applyBlock(tx: Transaction, fact: BlockFact): Promise<boolean> {
  return upsertBlock(tx, fact);
}
