// The loaders of conversations for one request: for its viewer, or for the audience of one.
import type DataLoader from "dataloader";
import { byIdLoader, createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import { listMembers, type MemberPosition, type MemberRow } from "../members/store.ts";
import { findSending, type Sending } from "../projection/store.ts";
import {
  type ConversationPosition,
  type ConversationRow,
  findConversations,
  findShared,
  listConversations,
} from "./store.ts";

export interface ConversationLoaders {
  /** A conversation by id; null when it does not exist for the viewer. */
  readonly conversation: DataLoader<string, ConversationRow | null>;
  /** The conversations of the viewer, whose id is the parent's id. */
  readonly conversations: PagesLoader<ConversationPosition, ConversationRow>;
  /** The members of a conversation that the viewer may see. */
  readonly members: PagesLoader<MemberPosition, MemberRow>;
  /** Whether messages can be sent to a conversation that the viewer may see. */
  readonly sending: DataLoader<string, Sending>;
}

export function createConversationLoaders(
  database: Database,
  viewer: Viewer | null,
  audienceOf: string | null,
): ConversationLoaders {
  return {
    conversation: byIdLoader("conversation", async (ids) => {
      if (viewer) return findConversations(database, viewer.id, ids);
      return audienceOf === null ? [] : findShared(database, audienceOf);
    }),
    conversations: pagesLoader(
      "conversations",
      async (_readers, page) => (viewer ? listConversations(database, viewer.id, page) : []),
      () => viewer?.id ?? "",
    ),
    members: pagesLoader(
      "members",
      (conversationIds, page) => listMembers(database, conversationIds, page),
      (row) => row.conversationId,
    ),
    sending: createLoader("sending", (ids) => findSending(database, ids)),
  };
}
