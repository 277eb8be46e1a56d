// Reads the lists of one request: only what its viewer manages.
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import { managesAll } from "../../access.ts";
import type { Database } from "../../database.ts";
import {
  listManagedEvents,
  type ManagedEventRow,
  type ManagedListing,
  type ManagedPosition,
} from "./store.ts";

export type ManagedFilter = Omit<ManagedListing, "managerId">;

export interface ManagedLoaders {
  /** A page of events and one more. */
  managedEvents(filter: ManagedFilter, page: Page<ManagedPosition>): Promise<ManagedEventRow[]>;
}

export function createManagedLoaders(database: Database, viewer: Viewer | null): ManagedLoaders {
  return {
    async managedEvents(filter, page) {
      if (!viewer) return [];
      const managerId = managesAll(viewer) ? null : viewer.id;
      return listManagedEvents(database, { ...filter, managerId }, page);
    },
  };
}
