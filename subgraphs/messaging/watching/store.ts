// What the events of a conversation are to their resolvers. They are entries of the log, which the
// kit reads: nothing is stored here.

/** An event about a message, which is loaded when the event is delivered. */
interface MessageEventRow {
  readonly streamId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly createdAt: Date;
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
}
export interface PinChangedRow extends MessageEventRow {
  readonly __typename: "PinChanged";
}
