// Batches what one request asks of events, and shows only those that its viewer may know of.
import type DataLoader from "dataloader";
import type { Viewer } from "#kit/identity";
import { byIdLoader } from "#kit/loaders";
import type { Database } from "../context.ts";
import { canSee } from "./rules.ts";
import { type EventRow, findEvents } from "./store.ts";

export interface EventLoaders {
  /** An event by id; null for an unknown one and for another organizer's draft. */
  readonly event: DataLoader<string, EventRow | null>;
}

export function createEventLoaders(database: Database, viewer: Viewer | null): EventLoaders {
  return {
    event: byIdLoader(async (ids) => {
      const events = await findEvents(database, ids);
      return events.filter((event) => canSee(event, viewer));
    }),
  };
}
