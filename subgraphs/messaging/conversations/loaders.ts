// The loaders of conversations for one request: for its viewer, or for the audience of one.
import type DataLoader from "dataloader";
import { byIdLoader, createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { listMembers, type MemberPosition, type MemberRow } from "../members/store.ts";
import { findSending, type Sending } from "../projection/store.ts";
import {
  type ConversationPosition,
  type ConversationRow,
  type Filter,
  findConversations,
  findShared,
  listConversations,
} from "./store.ts";

export interface ListPage {
  readonly filter: Filter;
  readonly page: Page<ConversationPosition>;
}

export interface ConversationLoaders {
  /** A conversation by id; null when it does not exist for the viewer. */
  readonly conversation: DataLoader<string, ConversationRow | null>;
  /** A page of one of the viewer's lists. */
  readonly conversations: DataLoader<ListPage, ConversationRow[], string>;
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
    conversations: createLoader(
      "conversations",
      (wanted: readonly ListPage[]) =>
        Promise.all(
          wanted.map(async ({ filter, page }) =>
            viewer ? listConversations(database, viewer.id, filter, page) : [],
          ),
        ),
      { cacheKeyFn: (wanted) => JSON.stringify(wanted) },
    ),
    members: pagesLoader(
      "members",
      (conversationIds, page) => listMembers(database, conversationIds, page),
      (row) => row.conversationId,
    ),
    sending: createLoader("sending", (ids) => findSending(database, ids)),
  };
}
