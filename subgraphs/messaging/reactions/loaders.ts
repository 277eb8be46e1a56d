// The loader of reactions for one request, for messages that the viewer may see.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { qualifyReactions } from "./emoji.ts";
import {
  countReactions,
  listReactions,
  type ReactionCountRow,
  type ReactionKind,
  type ReactionPosition,
  type ReactionRow,
} from "./store.ts";

export interface ReactionLoaders {
  /** The reactions of a message, by emoji. */
  readonly reactions: DataLoader<string, ReactionCountRow[]>;
  /** The people who gave a message an emoji. */
  readonly reactionPeople: PagesLoader<ReactionPosition, ReactionRow>;
}

/** The parent of a page: a kind of reaction to a message. */
export function parentOf({ messageId, emoji }: ReactionKind): string {
  return `${messageId} ${emoji}`;
}

function kindOf(parentId: string): ReactionKind {
  const [messageId = "", emoji = ""] = parentId.split(" ");
  return { messageId, emoji };
}

export function createReactionLoaders(database: Database, viewer: Viewer | null): ReactionLoaders {
  return {
    reactions: createLoader("reactions", async (messageIds: readonly string[]) => {
      const rows = qualifyReactions(await countReactions(database, viewer?.id ?? null, messageIds));
      return messageIds.map((id) => rows.filter((row) => row.messageId === id));
    }),
    reactionPeople: pagesLoader(
      "reactionPeople",
      (parentIds, page) => listReactions(database, parentIds.map(kindOf), page),
      parentOf,
    ),
  };
}
