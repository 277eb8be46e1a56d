// The loaders of hosts for one request: one statement each, for any number of events.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../../database.ts";
import { findRights, type HostRow, listHosts } from "./store.ts";

export interface HostLoaders {
  /** The hosts of an event. */
  readonly hosts: DataLoader<string, HostRow[]>;
  /** The rights of the viewer as a host of an event; null when they are none. */
  readonly hostRights: DataLoader<string, HostRow["rights"] | null>;
}

export function createHostLoaders(database: Database, viewer: Viewer | null): HostLoaders {
  return {
    hosts: createLoader("hosts", async (eventIds: readonly string[]) => {
      const rows = await listHosts(database, eventIds);
      return eventIds.map((id) => rows.filter((row) => row.eventId === id));
    }),
    hostRights: createLoader("hostRights", async (eventIds: readonly string[]) => {
      const rights = viewer ? await findRights(database, viewer.id, eventIds) : new Map();
      return eventIds.map((id) => rights.get(id) ?? null);
    }),
  };
}
