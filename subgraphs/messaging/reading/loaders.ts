// The loader of unread counts for one request.
import DataLoader from "dataloader";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import { countUnread } from "./store.ts";

export interface ReadingLoaders {
  /** How many messages of a conversation the viewer has not read. */
  readonly unreadCount: DataLoader<string, number>;
}

export function createReadingLoaders(database: Database, viewer: Viewer | null): ReadingLoaders {
  return {
    unreadCount: new DataLoader(async (conversationIds: readonly string[]) => {
      const counts = viewer ? await countUnread(database, viewer.id, conversationIds) : new Map();
      return conversationIds.map((id) => counts.get(id) ?? 0);
    }),
  };
}
