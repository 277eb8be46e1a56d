// The loaders of registrations for one request: one statement for each kind, for any number of
// parents.
import type DataLoader from "dataloader";
import { byIdLoader, createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../../database.ts";
import {
  findLatestOf,
  findRegistrations,
  listRegistrations,
  type RegistrationRow,
  waitlistPositions,
} from "./store.ts";

export interface RegistrationLoaders {
  /** A registration by id, without a check of who may see it. */
  readonly registration: DataLoader<string, RegistrationRow | null>;
  /** The viewer's latest registration for an event. */
  readonly viewerRegistration: DataLoader<string, RegistrationRow | null>;
  /** The position of a registration in the waitlist; null unless it waits. */
  readonly waitlistPosition: DataLoader<string, number | null>;
  /** The registrations of a person. */
  readonly registrations: PagesLoader<string, RegistrationRow>;
}

export function createRegistrationLoaders(
  database: Database,
  viewer: Viewer | null,
): RegistrationLoaders {
  return {
    registration: byIdLoader("registration", (ids) => findRegistrations(database, ids)),
    viewerRegistration: createLoader("viewerRegistration", async (eventIds: readonly string[]) => {
      const rows = viewer ? await findLatestOf(database, viewer.id, eventIds) : [];
      const byEvent = new Map(rows.map((row) => [row.eventId, row]));
      return eventIds.map((id) => byEvent.get(id) ?? null);
    }),
    waitlistPosition: createLoader("waitlistPosition", async (ids: readonly string[]) => {
      const positions = await waitlistPositions(database, ids);
      return ids.map((id) => positions.get(id) ?? null);
    }),
    registrations: pagesLoader(
      "registrations",
      (personIds, page) => listRegistrations(database, personIds, page),
      (row) => row.attendeeId,
    ),
  };
}
