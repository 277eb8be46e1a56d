// Computes skeletons of names again that have an older version.
import { inTransaction } from "#kit/data/database";
import type { Database } from "../../database.ts";
import { lockOldSkeletons, saveSkeletons } from "./store.ts";

/** Does one batch and returns its size. Replicas that do so at once share the work. */
export async function renewSkeletons(database: Database, limit: number): Promise<number> {
  return inTransaction(database, async (tx) => {
    const people = await lockOldSkeletons(tx, limit);
    if (people.length > 0) await saveSkeletons(tx, people);
    return people.length;
  });
}
