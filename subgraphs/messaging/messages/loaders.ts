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
  type TimelineKind,
} from "./store.ts";

export interface MessageLoaders {
  /** A message by id; null when it does not exist for the viewer. */
  readonly message: DataLoader<string, MessageRow | null>;
  /** Messages of the main timeline of a conversation behind a seq, oldest first. */
  readonly messagesAfter: PagesLoader<number, MessageRow>;
  /** Messages of the main timeline of a conversation before a seq, latest first. */
  readonly messagesBefore: PagesLoader<number, MessageRow>;
  /** Replies of a thread behind a seq, oldest first. */
  readonly repliesAfter: PagesLoader<number, MessageRow>;
  /** Replies of a thread before a seq, latest first. */
  readonly repliesBefore: PagesLoader<number, MessageRow>;
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
    messagesAfter: after(database, "messagesAfter", "conversation"),
    messagesBefore: before(database, "messagesBefore", "conversation"),
    repliesAfter: after(database, "repliesAfter", "thread"),
    repliesBefore: before(database, "repliesBefore", "thread"),
  };
}

function after(database: Database, name: string, kind: TimelineKind) {
  return pagesLoader<number, MessageRow>(
    name,
    (parentIds, page) => listMessagesAfter(database, kind, parentIds, page),
    (row) => parentOf(row, kind),
  );
}

function before(database: Database, name: string, kind: TimelineKind) {
  return pagesLoader<number, MessageRow>(
    name,
    (parentIds, page) => listMessagesBefore(database, kind, parentIds, page),
    (row) => parentOf(row, kind),
  );
}

function parentOf({ conversationId, threadRootId }: MessageRow, kind: TimelineKind): string {
  return kind === "thread" ? (threadRootId ?? "") : conversationId;
}
