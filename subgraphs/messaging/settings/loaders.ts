// The loader of the unread messages in all conversations of a person, for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { totalUnread } from "./store.ts";

export interface SettingLoaders {
  /** Of the viewer; null of anybody else. */
  readonly totalUnread: DataLoader<string, number | null>;
}

export function createSettingLoaders(database: Database, viewer: Viewer | null): SettingLoaders {
  return {
    totalUnread: createLoader("totalUnread", async (personIds: readonly string[]) => {
      const isAsked = viewer !== null && personIds.includes(viewer.id);
      const total = isAsked ? await totalUnread(database, viewer.id) : null;
      return personIds.map((id) => (id === viewer?.id ? total : null));
    }),
  };
}
