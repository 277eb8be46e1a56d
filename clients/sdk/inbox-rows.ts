// The rows of the list of conversations. Pure: conversations and events in, rows out.

import type { ConversationsQuery } from "./generated/operations.ts";
import { isMentioned } from "./mentions.ts";
import type { InboxEvent } from "./subscriptions.ts";

type Listed = ConversationsQuery["conversations"]["edges"][number]["node"];

export interface InboxRow {
  readonly id: string;
  readonly kind: Listed["kind"];
  readonly title: string | null;
  /** Of a group. It ends some hours after it was read. */
  readonly pictureUrl: string | null;
  /** The first ten. */
  readonly members: Listed["members"]["edges"];
  /** Of the last entry that the row knows. */
  readonly lastSeq: number;
  readonly readSeq: number;
  readonly unreadCount: number;
  /** Of the last entry that `unreadCount` knows. */
  readonly unreadCountSeq: number;
  /** How many unread messages mention the viewer. */
  readonly unreadMentions: number;
  readonly activityAt: string;
  readonly isMuted: boolean;
  readonly mutedUntil: string | null;
  readonly isArchived: boolean;
  readonly isHidden: boolean;
  readonly isFavourite: boolean;
  readonly isMarkedUnread: boolean;
  readonly draft: Listed["draft"];
  /** Its body is null once it is deleted. */
  readonly lastMessage: Listed["messages"]["edges"][number]["node"] | null;
  /** Ids of those who are typing. */
  readonly typing: readonly string[];
}

export function rowOf({ __typename: _, messages, members, ...row }: Listed): InboxRow {
  const lastMessage = messages.edges.at(-1)?.node ?? null;
  return { ...row, members: members.edges, lastMessage, typing: [] };
}

/** Where a conversation is in the list. */
export type ListPosition = Pick<InboxRow, "activityAt" | "id">;

/** Negative when `one` comes first: that with the later activity, as the server orders them. */
export function byActivity(one: ListPosition, other: ListPosition): number {
  return order(other.activityAt, one.activityAt) || order(other.id, one.id);
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
  switch (event.__typename) {
    case "ConversationRead":
      return withRead(row, event.conversation);
    case "ConversationSettingsChanged":
      return withSettings(row, event.conversation);
    case "DraftChanged":
      return { row: { ...row, draft: event.draft }, isIncomplete: false };
    case "MessageHidden":
    case "HistoryCleared":
      // The last message may be another one now.
      return { row, isIncomplete: true };
  }
  if (!("actor" in event)) return { row, isIncomplete: false };
  const counted = withUnread(row, event, viewerId);
  if (event.seq <= row.lastSeq) return { row: counted, isIncomplete: false };
  const next = withLastMessage(withDetails({ ...counted, lastSeq: event.seq }, event), event);
  const isUnseen = event.__typename === "MessageSent" && !event.message;
  const isIncomplete =
    isUnseen ||
    event.__typename === "MembersChanged" ||
    changesMentions(row, event, viewerId) ||
    mayComeBack(row, event);
  return { row: next, isIncomplete };
}

type LogEvent = Extract<InboxEvent, { readonly actor: unknown }>;

function withDetails(row: InboxRow, event: LogEvent): InboxRow {
  if (event.__typename !== "ConversationChanged" || !event.conversation) return row;
  const { title, pictureUrl } = event.conversation;
  return { ...row, title, pictureUrl };
}

function withLastMessage(row: InboxRow, event: LogEvent): InboxRow {
  const { lastMessage: last } = row;
  if (event.__typename === "MessageSent" && event.message) {
    const { id, seq, body, attachments, sender } = event.message;
    // A row may be read together with a message that is newer than its `lastSeq`.
    if (last && last.seq > seq) return row;
    // A reply in a thread moves the conversation to the front, and is not its last message.
    if (event.message.threadRootId) return { ...row, activityAt: event.createdAt };
    const lastMessage = { __typename: "Message", id, seq, body, attachments, sender } as const;
    return { ...row, lastMessage, activityAt: event.createdAt };
  }
  if (!("message" in event) || !last || event.message?.id !== last.id) return row;
  const { body, attachments } = event.message;
  return { ...row, lastMessage: { ...last, body, attachments } };
}

/**
 * A new message brings a conversation back, unless it is muted in the archive. The message and the
 * viewer's settings come from two logs, in any order, so that the row is read again.
 */
function mayComeBack(row: InboxRow, event: LogEvent): boolean {
  return event.__typename === "MessageSent" && isPutAway(row);
}

function isPutAway({ isHidden, isArchived, isMuted }: Settings): boolean {
  return isHidden || (isArchived && !isMuted);
}

/**
 * Counts an event that is behind the position of the count. The viewer's own message moves their
 * mark to itself.
 */
function withUnread(row: InboxRow, event: LogEvent, viewerId: string): InboxRow {
  const { seq } = event;
  if (seq <= row.unreadCountSeq) return row;
  const isOwn = event.__typename === "MessageSent" && event.actor?.id === viewerId;
  if (isOwn && !event.message?.threadRootId) {
    const read = { readSeq: seq, unreadCount: 0, unreadCountSeq: seq, unreadMentions: 0 };
    return { ...row, ...read, isMarkedUnread: false };
  }
  return {
    ...row,
    unreadCountSeq: seq,
    unreadCount: row.unreadCount + unreadBy(event, row.readSeq),
    unreadMentions: row.unreadMentions + mentionsBy(event, row.readSeq, viewerId),
  };
}

/** By how much an event changes the number of unread messages. */
function unreadBy(event: LogEvent, readSeq: number): number {
  if (event.__typename !== "MessageSent" && event.__typename !== "MessageDeleted") return 0;
  const { message } = event;
  if (!message || message.threadRootId || message.seq <= readSeq) return 0;
  return event.__typename === "MessageSent" ? 1 : -1;
}

function mentionsBy(event: LogEvent, readSeq: number, viewerId: string): number {
  if (event.__typename !== "MessageSent" || unreadBy(event, readSeq) === 0) return 0;
  return event.message && isMentioned(event.message, viewerId) ? 1 : 0;
}

/** An edit or a deletion does not say whom the message has mentioned before. */
function changesMentions(row: InboxRow, event: LogEvent, viewerId: string): boolean {
  if (event.__typename !== "MessageEdited" && event.__typename !== "MessageDeleted") return false;
  const { message } = event;
  if (!message || message.threadRootId || message.seq <= row.readSeq) return false;
  if (event.seq <= row.unreadCountSeq) return false;
  return row.unreadMentions > 0 || isMentioned(message, viewerId);
}

type Read = Extract<InboxEvent, { readonly __typename: "ConversationRead" }>["conversation"];

/**
 * Takes the count that came with a read mark. It depends on the two positions alone, which both
 * only grow, so that the larger ones are newer.
 */
function withRead(before: InboxRow, read: Read): Applied {
  if (!read) return { row: before, isIncomplete: false };
  const { readSeq, unreadCount, unreadCountSeq, unreadMentions, isMarkedUnread } = read;
  const row = isMarkedUnread === before.isMarkedUnread ? before : { ...before, isMarkedUnread };
  if (readSeq <= row.readSeq) return { row, isIncomplete: false };
  if (unreadCountSeq < row.unreadCountSeq) return { row, isIncomplete: true };
  const counts = { readSeq, unreadCount, unreadCountSeq, unreadMentions };
  return { row: { ...row, ...counts }, isIncomplete: false };
}

type Changed = Extract<InboxEvent, { readonly __typename: "ConversationSettingsChanged" }>;
type Settings = Pick<InboxRow, "isHidden" | "isArchived" | "isMuted">;

/** The settings as they were when the event was sent. A message may have come since. */
function withSettings(row: InboxRow, now: Changed["conversation"]): Applied {
  if (!now) return { row, isIncomplete: false };
  const { __typename: _, id: _id, ...settings } = now;
  return { row: { ...row, ...settings }, isIncomplete: isPutAway(now) };
}
