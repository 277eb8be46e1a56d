// The loaders of lists of events: those that the viewer may see.
import { isId } from "#kit/data/id";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import { isSelfOrAdmin } from "../../access.ts";
import type { Database } from "../../database.ts";
import type { EventRow } from "../events/store.ts";
import {
  countTags,
  type EventListing,
  type EventPosition,
  type EventTagRow,
  listEvents,
} from "./store.ts";

export type WantedEvents = Omit<EventListing, "statuses"> & {
  /** Null for those that are listed without being asked for. */
  readonly statuses: readonly EventRow["status"][] | null;
};

export interface ListingLoaders {
  /** A page of events and one more, soonest first; drafts only in a list of the viewer's own. */
  events(wanted: WantedEvents, page: Page<EventPosition>): Promise<EventRow[]>;
  /** The commonest tags of such a list. */
  eventTags(wanted: WantedEvents, search: string | null): Promise<EventTagRow[]>;
}

export function createListingLoaders(database: Database, viewer: Viewer | null): ListingLoaders {
  /** Null when there can be none. */
  function listingOf(wanted: WantedEvents): EventListing | null {
    const { organizerId } = wanted;
    if (organizerId !== null && !isId(organizerId)) return null;
    const showsDrafts = organizerId !== null && isSelfOrAdmin(organizerId, viewer);
    const statuses = (wanted.statuses ?? ["PUBLISHED", "DRAFT"]).filter(
      (status) => status !== "DRAFT" || showsDrafts,
    );
    return { ...wanted, statuses };
  }
  return {
    async events(wanted, page) {
      const listing = listingOf(wanted);
      return listing ? listEvents(database, listing, page) : [];
    },
    async eventTags(wanted, search) {
      const listing = listingOf(wanted);
      return listing ? countTags(database, listing, search) : [];
    },
  };
}
