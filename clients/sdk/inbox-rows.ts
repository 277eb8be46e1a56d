// The rows of the list of conversations. Pure: pages, conversations and events in, rows out.

import type { ConversationsQuery } from "./generated/operations.ts";
import type { InboxEvent } from "./subscriptions.ts";
import type { ConversationPage } from "./timeline.ts";

type Listed = ConversationsQuery["conversations"]["edges"][number]["node"];

export interface InboxRow {
  readonly id: string;
  readonly kind: Listed["kind"];
  readonly title: string | null;
  /** The first ten. */
  readonly members: Listed["members"]["edges"];
  /** Of the last entry that the row knows. */
  readonly lastSeq: number;
  readonly unreadCount: number;
  readonly activityAt: string;
  /** Its body is null once it is deleted. */
  readonly lastMessage: Listed["messages"]["edges"][number]["node"] | null;
}

/** Of `Conversations`, or of `ConversationPage` with its last message. */
export function rowOf(conversation: Listed | ConversationPage): InboxRow {
  const { id, kind, title, lastSeq, unreadCount, activityAt, members, messages } = conversation;
  const last = messages.edges.at(-1)?.node;
  return {
    id,
    kind,
    title,
    members: members.edges.slice(0, 10).map(({ node: { user } }) => ({
      __typename: "MemberEdge",
      node: { __typename: "Member", user },
    })),
    lastSeq,
    unreadCount,
    activityAt,
    lastMessage: last
      ? { __typename: "Message", seq: last.seq, body: last.body, sender: last.sender }
      : null,
  };
}

/** The conversation that something happened last comes first, as the server orders them. */
export function sorted(rows: Iterable<InboxRow>): InboxRow[] {
  return [...rows].sort(
    (one, other) => order(other.activityAt, one.activityAt) || order(other.id, one.id),
  );
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

export interface Applied {
  readonly row: InboxRow;
  /** The event does not say all: the conversation must be read again. */
  readonly isIncomplete: boolean;
}

/** Applies an event of the row's conversation. One that the row knows already changes nothing. */
export function withInboxEvent(row: InboxRow, event: InboxEvent, viewerId: string): Applied {
  if (!("actor" in event) || event.seq <= row.lastSeq) return { row, isIncomplete: false };
  const next = { ...row, lastSeq: event.seq };
  switch (event.__typename) {
    case "MessageSent": {
      if (!event.message) return { row: next, isIncomplete: true };
      const { seq, body, sender } = event.message;
      const isOwn = sender?.id === viewerId;
      const lastMessage = { __typename: "Message", seq, body, sender } as const;
      const unreadCount = row.unreadCount + (isOwn ? 0 : 1);
      const activityAt = event.createdAt;
      return { row: { ...next, lastMessage, unreadCount, activityAt }, isIncomplete: false };
    }
    case "MessageEdited":
    case "MessageDeleted": {
      const { message } = event;
      const isLast = message && message.seq === row.lastMessage?.seq;
      const lastMessage = isLast ? { ...row.lastMessage, body: message.body } : row.lastMessage;
      // Whether a deleted message was unread, only the server knows.
      const isIncomplete = event.__typename === "MessageDeleted" && event.actor?.id !== viewerId;
      return { row: { ...next, lastMessage }, isIncomplete };
    }
    case "MembersChanged":
      return { row: next, isIncomplete: true };
    default:
      return { row: next, isIncomplete: false };
  }
}
