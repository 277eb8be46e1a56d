// The loaders of messages for one request: single messages for members of their conversation and
// its audience, and pages. Callers check that the viewer may see the conversation of a page.
import type DataLoader from "dataloader";
import { byIdLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../context.ts";
import {
  findMessages,
  listMessagesAfter,
  listMessagesBefore,
  type MessageRow,
  type SharedMessage,
} from "./store.ts";

export interface MessageLoaders {
  /** A message by id; null when it does not exist for the viewer. */
  readonly message: DataLoader<string, MessageRow | null>;
  /** Messages of a conversation behind a seq, oldest first. */
  readonly messagesAfter: PagesLoader<number, MessageRow>;
  /** Messages of a conversation before a seq, latest first. */
  readonly messagesBefore: PagesLoader<number, MessageRow>;
}

export function createMessageLoaders(
  database: Database,
  viewer: Viewer | null,
  audienceOf: string | null,
  findSharedMessage: (wanted: SharedMessage) => Promise<MessageRow | null>,
): MessageLoaders {
  return {
    message: byIdLoader("message", async (ids) => {
      if (viewer) return findMessages(database, viewer.id, ids);
      if (audienceOf === null) return [];
      const rows = await Promise.all(
        ids.map((messageId) => findSharedMessage({ conversationId: audienceOf, messageId })),
      );
      return rows.filter((row) => row !== null);
    }),
    messagesAfter: pagesLoader(
      "messagesAfter",
      (conversationIds, page) => listMessagesAfter(database, conversationIds, page),
      (row) => row.conversationId,
    ),
    messagesBefore: pagesLoader(
      "messagesBefore",
      (conversationIds, page) => listMessagesBefore(database, conversationIds, page),
      (row) => row.conversationId,
    ),
  };
}
