// What the events of a conversation are to their resolvers. They are entries of the log, which the
// kit reads: nothing is stored here.

interface EventRow {
  readonly streamId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly createdAt: Date;
  /** Who did it; null in an entry from before it was kept. */
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
}
export interface MembersChangedRow extends EventRow {
  readonly __typename: "MembersChanged";
  readonly addedUserIds: readonly string[];
  readonly removedUserIds: readonly string[];
  readonly newOwnerId: string | null;
}
