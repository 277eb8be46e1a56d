// The suspensions of people, for one request. The SDL says who may read them.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { unsealed } from "../suspended.ts";
import { findSuspensions, listSuspended, type SuspendedRow, type SuspensionRow } from "./store.ts";

export interface SuspensionLoaders {
  /** The suspension of a person that lasts; null without one. */
  readonly suspension: DataLoader<string, SuspensionRow | null>;
  /** A page of suspended people and one more, the latest suspension first. */
  suspended(page: Page<string>): Promise<SuspendedRow[]>;
}

export function createSuspensionLoaders(database: Database, sealing: Sealing): SuspensionLoaders {
  return {
    suspension: createLoader("suspension", async (personIds: readonly string[]) => {
      const rows = await findSuspensions(database, personIds);
      const found = new Map(rows.map((row) => [row.personId, unsealed(sealing, row)]));
      return personIds.map((id) => found.get(id) ?? null);
    }),
    suspended: (page) => listSuspended(database, page),
  };
}
