// The loader of reactions for one request, for messages that the viewer may see.
import DataLoader from "dataloader";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import { qualifyReactions } from "./emoji.ts";
import { countReactions, type ReactionCountRow } from "./store.ts";

export interface ReactionLoaders {
  /** The reactions of a message, by emoji. */
  readonly reactions: DataLoader<string, ReactionCountRow[]>;
}

export function createReactionLoaders(database: Database, viewer: Viewer | null): ReactionLoaders {
  return {
    reactions: new DataLoader(async (messageIds: readonly string[]) => {
      const rows = qualifyReactions(await countReactions(database, viewer?.id ?? null, messageIds));
      return messageIds.map((id) => rows.filter((row) => row.messageId === id));
    }),
  };
}
