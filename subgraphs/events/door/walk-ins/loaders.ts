// The loader of walk-ins for one request: one statement for the pages of any number of events.
import { type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { listWalkIns, type WalkInRow } from "./store.ts";

export interface WalkInLoaders {
  /** The walk-ins of an event, without a check of who may see them. */
  readonly walkIns: PagesLoader<string, WalkInRow>;
}

export function createWalkInLoaders(database: Database): WalkInLoaders {
  return {
    walkIns: pagesLoader(
      "walkIns",
      (eventIds, page) => listWalkIns(database, eventIds, page),
      (row) => row.eventId,
    ),
  };
}
