// Reads when people leave, and the erasures of accounts, for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Database } from "../../database.ts";
import { type ErasureRow, findLeavesAt, listErasures } from "./store.ts";

export interface LeavingLoaders {
  /** When a person leaves; null for somebody who stays. */
  readonly leavesAt: DataLoader<string, Date | null>;
  /** A page of erasures and one more, newest first. */
  erasures(isComplete: boolean | null, page: Page<string>): Promise<ErasureRow[]>;
}

export function createLeavingLoaders(database: Database): LeavingLoaders {
  return {
    leavesAt: createLoader("leavesAt", async (personIds: readonly string[]) => {
      const found = await findLeavesAt(database, personIds);
      return personIds.map((id) => found.get(id) ?? null);
    }),
    erasures: (isComplete, page) => listErasures(database, isComplete, page),
  };
}
