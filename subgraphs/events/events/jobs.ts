// Folds the keys of events anew whose version of the fold is older.
import { inTransaction } from "#kit/data/database";
import type { Database } from "../context.ts";
import { lockUnfolded, saveKeys } from "./store.ts";

/** One batch: how many events it was. Replicas that do so at once share the work. */
export async function refoldEvents(database: Database, limit: number): Promise<number> {
  return inTransaction(database, async (tx) => {
    const events = await lockUnfolded(tx, limit);
    if (events.length > 0) await saveKeys(tx, events);
    return events.length;
  });
}
