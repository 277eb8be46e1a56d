// The loader of unread counts for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import { countUnread, type ReadConversation, type Unread } from "./store.ts";

export interface ReadingLoaders {
  /** The viewer's unread messages of a conversation, behind the `readSeq` of its row. */
  readonly unread: DataLoader<ReadConversation, Unread, string>;
}

const NOTHING: Unread = { count: 0, seq: 0 };

export function createReadingLoaders(database: Database, viewer: Viewer | null): ReadingLoaders {
  return {
    unread: createLoader(
      "unread",
      async (conversations: readonly ReadConversation[]) => {
        const found = viewer ? await countUnread(database, viewer.id, conversations) : new Map();
        return conversations.map(({ id }) => found.get(id) ?? NOTHING);
      },
      { cacheKeyFn: ({ id }) => id },
    ),
  };
}
