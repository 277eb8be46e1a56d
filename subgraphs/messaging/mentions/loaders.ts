// The loaders of unread mentions, for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { findFirstMentions, type ReadConversation, sumUnreadMentions } from "./store.ts";

export interface MentionLoaders {
  /** How many unread messages mention a person. The SDL gives it to that person alone. */
  readonly unreadMentions: DataLoader<string, number>;
  /** The seq of the first message behind the viewer's mark that mentions them. */
  readonly firstMention: DataLoader<ReadConversation, number | null, string>;
}

export function createMentionLoaders(database: Database, viewer: Viewer | null): MentionLoaders {
  return {
    unreadMentions: createLoader("unreadMentions", async (userIds: readonly string[]) => {
      const found = await sumUnreadMentions(database, userIds);
      return userIds.map((id) => found.get(id) ?? 0);
    }),
    firstMention: createLoader(
      "firstMention",
      async (conversations: readonly ReadConversation[]) => {
        const found = viewer ? await findFirstMentions(database, viewer.id, conversations) : null;
        return conversations.map(({ id }) => found?.get(id) ?? null);
      },
      { cacheKeyFn: ({ id }) => id },
    ),
  };
}
