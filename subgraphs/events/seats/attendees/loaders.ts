// The loaders of attendees for one request: one statement for the pages of any number of events.
import { type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../../database.ts";
import { type AttendeeRow, listAttendees } from "./store.ts";

export interface AttendeeLoaders {
  /** The attendees of an event whom the viewer may see: no blocked pairs, no unused accounts. */
  readonly attendees: PagesLoader<number, AttendeeRow>;
  /** All attendees of an event, without a check of who may see them. */
  readonly allAttendees: PagesLoader<number, AttendeeRow>;
}

export function createAttendeeLoaders(database: Database, viewer: Viewer | null): AttendeeLoaders {
  return {
    attendees: pagesLoader(
      "attendees",
      async (eventIds, page) => (viewer ? listAttendees(database, eventIds, page, viewer.id) : []),
      (row) => row.eventId,
    ),
    allAttendees: pagesLoader(
      "allAttendees",
      (eventIds, page) => listAttendees(database, eventIds, page, null),
      (row) => row.eventId,
    ),
  };
}
