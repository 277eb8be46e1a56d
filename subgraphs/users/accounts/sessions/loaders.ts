// The loader of e-mail addresses for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { findAddresses, type StoredAddress } from "./store.ts";

export interface AddressLoaders {
  /** The e-mail address of a person; null when they have none. */
  readonly address: DataLoader<string, StoredAddress | null>;
}

export function createAddressLoaders(database: Database): AddressLoaders {
  return {
    address: createLoader("address", async (userIds: readonly string[]) => {
      const addresses = await findAddresses(database, userIds);
      return userIds.map((id) => addresses.get(id) ?? null);
    }),
  };
}
