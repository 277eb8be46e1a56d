// The conversations of the demo: what who says to whom, in order. Data only; they lie in
// conversations/, by kind. Some are between people who are to be a match first.
import { direct } from "./conversations/direct.ts";
import { groups } from "./conversations/groups.ts";
import { matched } from "./conversations/matched.ts";

export interface LinePlan {
  /** An account. */
  readonly by: string;
  /** Sentences, or parts of long ones. */
  readonly says: readonly string[];
  /** The line of this conversation to which it replies, counted from 0. */
  readonly replyTo?: number;
  /** What it says once its writer has edited it. */
  readonly editedTo?: readonly string[];
  /** The accounts that react, by emoji. */
  readonly reactions?: Readonly<Record<string, readonly string[]>>;
}

export interface ConversationPlan {
  /** Of a group, and unique among its owner's; null for two people. */
  readonly title: string | null;
  /** Accounts; the first opens it, and owns a group. */
  readonly people: readonly string[];
  readonly lines: readonly LinePlan[];
  /** How many of the last lines somebody has not read, by account; the others have read all. */
  readonly unread?: Readonly<Record<string, number>>;
}

/** Among those whom nobody has to bring together. */
export const conversations: readonly ConversationPlan[] = [...direct, ...groups];

/** Of two people who accept each other's suggestion, by which their conversation opens. */
export const matches: readonly ConversationPlan[] = matched;
