// The loader of the happenings among messages, for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { keyOfRange, type SeqRange } from "../members/store.ts";
import { type HappeningEntries, listHappenings } from "./store.ts";

export interface HappeningLoaders {
  /** The happenings in a part of a conversation that the viewer may see. */
  readonly happenings: DataLoader<SeqRange, HappeningEntries, string>;
}

export function createHappeningLoaders(
  database: Database,
  viewer: Viewer | null,
): HappeningLoaders {
  return {
    happenings: createLoader(
      "happenings",
      async (ranges) =>
        viewer
          ? listHappenings(database, viewer.id, ranges)
          : ranges.map(() => ({ entries: [], total: 0 })),
      { cacheKeyFn: keyOfRange },
    ),
  };
}
