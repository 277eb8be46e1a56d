// The loaders of messages for one request: single messages for members of their conversation and
// its audience, and pages for members. An audience has no pages: what a member sees differs.
import type DataLoader from "dataloader";
import { byIdLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
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
    messagesAfter: after({ database, viewer }, "messagesAfter", "conversation"),
    messagesBefore: before({ database, viewer }, "messagesBefore", "conversation"),
    repliesAfter: after({ database, viewer }, "repliesAfter", "thread"),
    repliesBefore: before({ database, viewer }, "repliesBefore", "thread"),
  };
}

interface Reader {
  readonly database: Database;
  readonly viewer: Viewer | null;
}

function after({ database, viewer }: Reader, name: string, kind: TimelineKind) {
  return pagesLoader<number, MessageRow>(
    name,
    async (parentIds, page) =>
      viewer ? listMessagesAfter(database, viewer.id, kind, parentIds, page) : [],
    (row) => parentOf(row, kind),
  );
}

function before({ database, viewer }: Reader, name: string, kind: TimelineKind) {
  return pagesLoader<number, MessageRow>(
    name,
    async (parentIds, page) =>
      viewer ? listMessagesBefore(database, viewer.id, kind, parentIds, page) : [],
    (row) => parentOf(row, kind),
  );
}

function parentOf({ conversationId, threadRootId }: MessageRow, kind: TimelineKind): string {
  return kind === "thread" ? (threadRootId ?? "") : conversationId;
}
