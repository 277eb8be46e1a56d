// What one request reads of matches: only the viewer's own.
import type DataLoader from "dataloader";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import { findMatches, listMatches, type MatchRow } from "./store.ts";

export interface MatchLoaders {
  /** A match of the viewer's by id; null for any other. */
  readonly match: DataLoader<string, MatchRow | null>;
  /** One match of the viewer's more than the page holds, newest first. */
  matches(viewer: Viewer, page: Page<string>): Promise<MatchRow[]>;
}

export function createMatchLoaders(database: Database, viewer: Viewer | null): MatchLoaders {
  return {
    match: byIdLoader(async (ids) => (viewer ? findMatches(database, viewer.id, ids) : [])),
    matches: (asking, page) => listMatches(database, asking.id, page),
  };
}
