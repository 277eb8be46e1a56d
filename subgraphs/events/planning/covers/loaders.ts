// Loads, for one request, the covers that were sent. The resolver judges who may read them.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { type CoverUploadRow, findLastUploads } from "./store.ts";

export interface CoverLoaders {
  /** The last cover that was sent for an event; null for none. */
  readonly coverUpload: DataLoader<string, CoverUploadRow | null>;
}

export function createCoverLoaders(database: Database): CoverLoaders {
  return {
    coverUpload: createLoader("coverUpload", async (eventIds: readonly string[]) => {
      const rows = await findLastUploads(database, eventIds);
      const byEvent = new Map(rows.map((row) => [row.eventId, row]));
      return eventIds.map((id) => byEvent.get(id) ?? null);
    }),
  };
}
