// The rows behind events of a conversation in the graph. They are built from log entries: nothing
// is stored here.
import type { ConversationField, RoleChange } from "../entries.ts";

interface EventRow {
  readonly streamId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly createdAt: Date;
  /** The person who acted; null in an entry from an older release. */
  readonly actorId: string | null;
}

/** An event about a message, which is loaded when the event is delivered. */
interface MessageEventRow extends EventRow {
  readonly messageId: string;
}

export interface MessageSentRow extends MessageEventRow {
  readonly __typename: "MessageSent";
}
export interface MessageEditedRow extends MessageEventRow {
  readonly __typename: "MessageEdited";
}
export interface MessageDeletedRow extends MessageEventRow {
  readonly __typename: "MessageDeleted";
}
export interface ReactionChangedRow extends MessageEventRow {
  readonly __typename: "ReactionChanged";
  readonly emoji: string | null;
  readonly isAdded: boolean | null;
}
export interface PinChangedRow extends MessageEventRow {
  readonly __typename: "PinChanged";
  readonly isPinned: boolean | null;
}
export interface MembersChangedRow extends EventRow {
  readonly __typename: "MembersChanged";
  readonly addedUserIds: readonly string[];
  readonly removedUserIds: readonly string[];
  readonly newOwnerId: string | null;
}
export interface ConversationChangedRow extends EventRow {
  readonly __typename: "ConversationChanged";
  readonly changedFields: readonly ConversationField[];
}
export interface RoleChangedRow extends EventRow {
  readonly __typename: "RoleChanged";
  readonly changes: readonly RoleChangeRow[];
}
export type RoleChangeRow = RoleChange;
