// The loaders of check-ins for one request: one statement for any number of parents.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { type CheckInRow, findOfRegistrations, listCheckIns } from "./store.ts";

export interface CheckInLoaders {
  /** The check-ins of an event, without a check of who may see them. */
  readonly checkIns: PagesLoader<string, CheckInRow>;
  /** Those of seats that more than one gate let in. */
  readonly checkInConflicts: PagesLoader<string, CheckInRow>;
  /** The check-ins of a registration that are not undone, earliest first. */
  readonly checkInsOf: DataLoader<string, CheckInRow[]>;
}

export function createCheckInLoaders(database: Database): CheckInLoaders {
  const pages = (isConflict: boolean) =>
    pagesLoader<string, CheckInRow>(
      isConflict ? "checkInConflicts" : "checkIns",
      (eventIds, page) => listCheckIns(database, { eventIds, isConflict }, page),
      (row) => row.eventId,
    );
  return {
    checkIns: pages(false),
    checkInConflicts: pages(true),
    checkInsOf: createLoader("checkInsOf", async (registrationIds: readonly string[]) => {
      const rows = await findOfRegistrations(database, registrationIds);
      const byRegistration = new Map<string, CheckInRow[]>(registrationIds.map((id) => [id, []]));
      for (const row of rows) byRegistration.get(row.registrationId)?.push(row);
      return registrationIds.map((id) => byRegistration.get(id) ?? []);
    }),
  };
}
