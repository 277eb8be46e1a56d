// Refolds the search keys of events that have an older version of the fold.
import { inTransaction } from "#kit/data/database";
import type { Database } from "../../database.ts";
import { lockUnfolded, saveKeys } from "./store.ts";

/** Refolds one batch and returns its size. Replicas that do so at once share the work. */
export async function refoldEvents(database: Database, limit: number): Promise<number> {
  return inTransaction(database, async (tx) => {
    const events = await lockUnfolded(tx, limit);
    if (events.length > 0) await saveKeys(tx, events);
    return events.length;
  });
}
