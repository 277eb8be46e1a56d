// The loader of the viewer's matches at events, for one request.
import type DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { type EventOf, findAttending } from "./store.ts";

export interface AttendingLoaders {
  /** The ids of the viewer's matches who come to an event. */
  readonly attending: DataLoader<EventOf, string[], string>;
}

export function createAttendingLoaders(
  database: Database,
  viewer: Viewer | null,
): AttendingLoaders {
  return {
    attending: createLoader(
      "attending",
      async (events: readonly EventOf[]) => {
        const known = events.filter(({ eventId }) => isId(eventId));
        const rows =
          viewer && known.length > 0 ? await findAttending(database, viewer.id, known) : [];
        return events.map(({ eventId }) =>
          rows.filter((row) => row.eventId === eventId).map(({ personId }) => personId),
        );
      },
      { cacheKeyFn: ({ eventId, organizerId }) => `${eventId} ${organizerId}` },
    ),
  };
}
