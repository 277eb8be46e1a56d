// The loaders of events for one request: single events and pages that its viewer may see.
import type DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import { byIdLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import { canSee, isSelfOrAdmin } from "../../access.ts";
import type { Database } from "../../database.ts";
import type { HostLoaders } from "../hosts/loaders.ts";
import {
  type EventListing,
  type EventPosition,
  type EventRow,
  findEvents,
  listEvents,
} from "./store.ts";

export type EventFilter = Omit<EventListing, "statuses"> & {
  /** Null for those that are listed without being asked for. */
  readonly statuses: readonly EventRow["status"][] | null;
};

export interface EventLoaders {
  /** An event by id; null for an unknown one and for another organizer's draft. */
  readonly event: DataLoader<string, EventRow | null>;
  /** A page of events and one more, soonest first; drafts only in a list of the viewer's own. */
  events(filter: EventFilter, page: Page<EventPosition>): Promise<EventRow[]>;
}

interface EventReader {
  readonly viewer: Viewer | null;
  /** The event whose stream's audience reads; null for a viewer. */
  readonly audienceOf: string | null;
  /** Asked for drafts of others alone. */
  readonly hostRights: HostLoaders["hostRights"];
}

export function createEventLoaders(
  database: Database,
  { viewer, audienceOf, hostRights }: EventReader,
): EventLoaders {
  const isVisible = async (event: EventRow) =>
    event.id === audienceOf ||
    canSee(event, viewer, null) ||
    canSee(event, viewer, await hostRights.load(event.id));
  return {
    event: byIdLoader(async (ids) => {
      const events = await findEvents(database, ids);
      const visible = await Promise.all(events.map(isVisible));
      return events.filter((_event, at) => visible[at]);
    }),
    async events(filter, page) {
      const { organizerId } = filter;
      if (organizerId !== null && !isId(organizerId)) return [];
      const showsDrafts = organizerId !== null && isSelfOrAdmin(organizerId, viewer);
      const wanted = filter.statuses ?? ["PUBLISHED", "DRAFT"];
      const statuses = wanted.filter((status) => status !== "DRAFT" || showsDrafts);
      return listEvents(database, { ...filter, statuses }, page);
    },
  };
}
