// Batches what one request asks of conversations. Only those that its viewer is in exist, for the
// audience of one only that one.
import type DataLoader from "dataloader";
import { byIdLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import {
  type ConversationPosition,
  type ConversationRow,
  findConversations,
  findShared,
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
  audienceOf: string | null,
): ConversationLoaders {
  return {
    conversation: byIdLoader(async (ids) => {
      if (viewer) return findConversations(database, viewer.id, ids);
      return audienceOf === null ? [] : findShared(database, audienceOf);
    }),
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
