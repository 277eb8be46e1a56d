// Refolds the topics and places of people that have an older version of the fold.
import { inTransaction } from "#kit/data/database";
import type { Database } from "../database.ts";
import { foldAll } from "./apply.ts";
import { lockUnfolded } from "./store.ts";

/** Refolds one batch and returns its size. Replicas that do so at once share the work. */
export async function refoldTopics(database: Database, limit: number): Promise<number> {
  return inTransaction(database, async (tx) => {
    const people = await lockUnfolded(tx, limit);
    if (people.length > 0) await foldAll(tx, people);
    return people.length;
  });
}
