// The loader of preferences for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import { invariant } from "#kit/invariant";
import type { Database } from "../../database.ts";
import { findPreferences, type NotificationPreferencesRow } from "./store.ts";

export interface PreferencesLoaders {
  /** How a person wants to be told. It does not check who may read that. */
  readonly preferences: DataLoader<string, NotificationPreferencesRow>;
}

export function createPreferencesLoaders(database: Database): PreferencesLoaders {
  return {
    preferences: createLoader("preferences", async (personIds: readonly string[]) => {
      const found = await findPreferences(database, personIds);
      return personIds.map((id) => {
        const preferences = found.get(id);
        invariant(preferences, "a person has no preferences", { personId: id });
        return preferences;
      });
    }),
  };
}
