// The loaders of events for one request: single events and pages that its viewer may see.
import type DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import { canSee, isSelfOrAdmin } from "../../access.ts";
import type { Database } from "../../database.ts";
import {
  type EventListing,
  type EventPosition,
  type EventRow,
  findEvents,
  listEvents,
} from "./store.ts";

export type EventFilter = Omit<EventListing, "includesDrafts">;

export interface EventLoaders {
  /** An event by id; null for an unknown one and for another organizer's draft. */
  readonly event: DataLoader<string, EventRow | null>;
  /** A page of events and one more, soonest first; drafts only in a list of the viewer's own. */
  events(filter: EventFilter, page: Page<EventPosition>): Promise<EventRow[]>;
}

/** `audienceOf` is the event whose stream's audience reads; null for a viewer. */
export function createEventLoaders(
  database: Database,
  viewer: Viewer | null,
  audienceOf: string | null,
): EventLoaders {
  return {
    event: byIdLoader(async (ids) => {
      const events = await findEvents(database, ids);
      return events.filter((event) => event.id === audienceOf || canSee(event, viewer));
    }),
    async events(filter, page) {
      const { organizerId } = filter;
      if (organizerId !== null && !isId(organizerId)) return [];
      const includesDrafts = organizerId !== null && isSelfOrAdmin(organizerId, viewer);
      return listEvents(database, { ...filter, includesDrafts }, page);
    },
  };
}
