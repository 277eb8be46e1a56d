// The loader of second factors for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { findFactors } from "./store.ts";

export interface FactorLoaders {
  /** How many recovery codes a person has left; null without a second factor. */
  readonly recoveryCodesLeft: DataLoader<string, number | null>;
}

export function createFactorLoaders(database: Database): FactorLoaders {
  return {
    recoveryCodesLeft: createLoader("recoveryCodesLeft", async (personIds: readonly string[]) => {
      const factors = await findFactors(database, personIds);
      return personIds.map((id) => factors.get(id) ?? null);
    }),
  };
}
