// The loaders of suggestions for one request: one statement for each kind of question.
import type DataLoader from "dataloader";
import { byIdLoader, createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { findSharedEvents } from "../events/store.ts";
import { findSuggestions, type MatchSuggestionRow } from "./store.ts";

export interface SuggestionLoaders {
  /**
   * A suggestion for the viewer by id; null for any other, when its person is not active, and when
   * one side blocks the other.
   */
  readonly suggestion: DataLoader<string, MatchSuggestionRow | null>;
  /** The ids of events that the viewer shares with a person. */
  readonly sharedEvents: DataLoader<string, string[]>;
}

export function createSuggestionLoaders(
  database: Database,
  viewer: Viewer | null,
): SuggestionLoaders {
  return {
    suggestion: byIdLoader("suggestion", async (ids) =>
      viewer ? findSuggestions(database, viewer.id, ids) : [],
    ),
    sharedEvents: createLoader("sharedEvents", async (personIds: readonly string[]) => {
      const rows = viewer ? await findSharedEvents(database, viewer.id, personIds) : [];
      return personIds.map((id) =>
        rows.filter((row) => row.personId === id).map((row) => row.eventId),
      );
    }),
  };
}
