// The loaders of overviews for one request: constant statements for any number of events.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { findRegistrations, type StoredRegistration } from "../registrations/store.ts";
import {
  type OverviewRow,
  pageRegistrations,
  type RegistrationFilter,
  type TotalRow,
  totalsOf,
} from "./store.ts";

export interface OverviewLoaders {
  /** Pages of an event's registrations, without a check of who may see them. */
  eventRegistrations(filter: RegistrationFilter): PagesLoader<number, StoredRegistration>;
  /** The totals of an event's registrations, without that check. */
  readonly registrationTotals: DataLoader<string, TotalRow[]>;
}

export function createOverviewLoaders(database: Database): OverviewLoaders {
  const byFilter = new Map<string, PagesLoader<number, StoredRegistration>>();
  const registrationsOf = (filter: RegistrationFilter) =>
    pagesLoader<number, StoredRegistration>(
      "eventRegistrations",
      async (eventIds, page) =>
        inOrder(database, await pageRegistrations(database, eventIds, filter, page)),
      (row) => row.eventId,
    );
  return {
    eventRegistrations(filter) {
      const key = JSON.stringify([filter.status, filter.search, filter.ticketType]);
      const loader = byFilter.get(key) ?? registrationsOf(filter);
      byFilter.set(key, loader);
      return loader;
    },
    registrationTotals: createLoader("registrationTotals", async (eventIds: readonly string[]) => {
      const rows = await totalsOf(database, eventIds);
      return eventIds.map((id) => rows.filter(({ eventId }) => eventId === id));
    }),
  };
}

/** The registrations of a page, as they are now, in its order. */
async function inOrder(
  database: Database,
  rows: readonly OverviewRow[],
): Promise<StoredRegistration[]> {
  if (rows.length === 0) return [];
  const found = await findRegistrations(
    database,
    rows.map(({ id }) => id),
  );
  const byId = new Map(found.map((row) => [row.id, row]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}
