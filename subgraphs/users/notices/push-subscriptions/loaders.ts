// The loader of push subscriptions for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { findPushSubscriptions, type StoredPushSubscription } from "./store.ts";

export interface PushSubscriptionLoaders {
  /**
   * The subscriptions of a person, the newest first, also of sessions that have ended lately. It
   * does not check who may read them.
   */
  readonly pushSubscriptions: DataLoader<string, StoredPushSubscription[]>;
}

export function createPushSubscriptionLoaders(database: Database): PushSubscriptionLoaders {
  return {
    pushSubscriptions: createLoader("pushSubscriptions", async (personIds: readonly string[]) => {
      const rows = await findPushSubscriptions(database, personIds);
      return personIds.map((id) => rows.filter(({ personId }) => personId === id));
    }),
  };
}
