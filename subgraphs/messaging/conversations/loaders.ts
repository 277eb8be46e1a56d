// Batches what one request asks of conversations. Only those that its viewer is in exist.
import type DataLoader from "dataloader";
import type { Viewer } from "#kit/identity";
import { byIdLoader, type PagesLoader, pagesLoader } from "#kit/loaders";
import type { Database } from "../context.ts";
import {
  type ConversationPosition,
  type ConversationRow,
  findConversations,
  listConversations,
  listMembers,
  type MemberPosition,
  type MemberRow,
} from "./store.ts";

export interface ConversationLoaders {
  /** A conversation by id; null when there is none for the viewer. */
  readonly conversation: DataLoader<string, ConversationRow | null>;
  /** The conversations of the viewer, whose id is the parent's. */
  readonly conversations: PagesLoader<ConversationPosition, ConversationRow>;
  /** The members of a conversation that the viewer may see. */
  readonly members: PagesLoader<MemberPosition, MemberRow>;
}

export function createConversationLoaders(
  database: Database,
  viewer: Viewer | null,
): ConversationLoaders {
  return {
    conversation: byIdLoader(async (ids) =>
      viewer ? findConversations(database, viewer.id, ids) : [],
    ),
    conversations: pagesLoader(
      async (_readers, page) => (viewer ? listConversations(database, viewer.id, page) : []),
      () => viewer?.id ?? "",
    ),
    members: pagesLoader(
      (conversationIds, page) => listMembers(database, conversationIds, page),
      (row) => row.conversationId,
    ),
  };
}
