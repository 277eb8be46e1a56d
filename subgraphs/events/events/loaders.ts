// What one request reads of events: single ones in batches, and pages. Only those that its viewer
// may know of.
import type DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import { canSee, isSelfOrAdmin } from "../access.ts";
import type { Database } from "../context.ts";
import {
  type EventListing,
  type EventPosition,
  type EventRow,
  findEvents,
  listEvents,
} from "./store.ts";

export type EventWish = Omit<EventListing, "includesDrafts">;

export interface EventLoaders {
  /** An event by id; null for an unknown one and for another organizer's draft. */
  readonly event: DataLoader<string, EventRow | null>;
  /** One event more than the page holds, soonest first; drafts only for who asks for their own. */
  events(wish: EventWish, page: Page<EventPosition>): Promise<EventRow[]>;
}

/** `audienceOf` is the event for the audience of whose stream all is read. */
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
    async events(wish, page) {
      const { organizerId } = wish;
      if (organizerId !== null && !isId(organizerId)) return [];
      const includesDrafts = organizerId !== null && isSelfOrAdmin(organizerId, viewer);
      return listEvents(database, { ...wish, includesDrafts }, page);
    },
  };
}
