// The shape of a demo conversation.

export interface MessagePlan {
  /** The account of the sender. */
  readonly sender: string;
  /** Sentences, or parts of long ones. */
  readonly sentences: readonly string[];
  /** The message of this conversation to which this one replies, counted from 0. */
  readonly replyTo?: number;
  /** The text after its sender edited it. */
  readonly editedTo?: readonly string[];
  /** The accounts that react, by emoji. */
  readonly reactions?: Readonly<Record<string, readonly string[]>>;
}

export interface ConversationPlan {
  /** Unique among the groups of its owner; null in a direct conversation. */
  readonly title: string | null;
  /** Accounts; the first opens it, and owns a group. */
  readonly people: readonly string[];
  readonly messages: readonly MessagePlan[];
  /** How many of the last messages are unread, by account. Everybody else has read all. */
  readonly unread?: Readonly<Record<string, number>>;
}
