// What a signal is on its way between replicas. Nothing of it is stored.

export interface TypingChangedRow {
  readonly __typename: "TypingChanged";
  readonly conversationId: string;
  readonly personId: string;
  readonly createdAt: Date;
  readonly isTyping: boolean;
}
