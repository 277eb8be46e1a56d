// The loader of changes of address that wait for their confirmation, for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import { readableEmail } from "#kit/input/email";
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../../database.ts";
import { changeIn } from "../address-changes.ts";
import { findPendingChanges } from "./store.ts";

export interface PendingEmailLoaders {
  /** The address that a person has asked for; null without one. */
  readonly pendingEmail: DataLoader<string, string | null>;
}

export function createPendingEmailLoaders(services: {
  readonly database: Database;
  readonly sealing: Sealing;
  now(): Date;
}): PendingEmailLoaders {
  const { database, sealing } = services;
  return {
    pendingEmail: createLoader("pendingEmail", async (personIds: readonly string[]) => {
      const changes = await findPendingChanges(database, personIds, services.now());
      return personIds.map((id) => {
        const stored = changes.get(id);
        return stored ? readableEmail(changeIn(sealing, stored).to) : null;
      });
    }),
  };
}
