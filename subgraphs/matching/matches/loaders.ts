// The loaders of matches for one request: the viewer's own only.
import type DataLoader from "dataloader";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import { logReader } from "#kit/live/streams";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { personStream } from "../streams.ts";
import { findMatches, listMatches, type StoredMatch } from "./store.ts";

export interface MatchLoaders {
  /** A match of the viewer by id; null for any other id. */
  readonly match: DataLoader<string, StoredMatch | null>;
  /** A page of the viewer's matches and one more, newest first. */
  matches(viewer: Viewer, page: Page<string>): Promise<StoredMatch[]>;
  /** The last seq of the viewer's stream; 0 when it has no entries. */
  matchesSeq(viewer: Viewer): Promise<number>;
}

export function createMatchLoaders(database: Database, viewer: Viewer | null): MatchLoaders {
  return {
    match: byIdLoader("match", async (ids) =>
      viewer ? findMatches(database, viewer.id, ids) : [],
    ),
    matches: (asking, page) => listMatches(database, asking.id, page),
    async matchesSeq({ id }) {
      const stream = personStream(id);
      return (await logReader(database).heads([stream])).get(stream) ?? 0;
    },
  };
}
