// Refolds the names of people that have an older version of the fold.
import { inTransaction } from "#kit/data/database";
import type { Database } from "../database.ts";
import { lockUnfoldedNames, saveFolds } from "./store.ts";

/** Refolds one batch and returns its size. Replicas that do so at once share the work. */
export async function refoldNames(database: Database, limit: number): Promise<number> {
  return inTransaction(database, async (tx) => {
    const people = await lockUnfoldedNames(tx, limit);
    if (people.length > 0) await saveFolds(tx, people);
    return people.length;
  });
}
