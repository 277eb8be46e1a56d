// The state that a screen of a conversation shows.
import type { Members } from "./members.ts";
import type { OutgoingMessage } from "./outbox.ts";
import type { ConversationPage, Message } from "./timeline.ts";

export interface ConversationState {
  /** `gone`: there is no such conversation, or the viewer is not in it any more. */
  readonly status: "loading" | "ready" | "gone" | "failed";
  /** Of `failed`. `UNAUTHENTICATED`: the person has signed out, and nothing of them is here. */
  readonly error: unknown;
  readonly kind: ConversationPage["kind"] | null;
  readonly title: string | null;
  /** The first 100 at once, and soon after all of them. */
  readonly members: Members;
  /** Null until the viewer is among `members`. */
  readonly ownRole: Members[number]["node"]["role"] | null;
  /**
   * By `seq`, without holes, with the viewer's changes that the server has not confirmed. Up to
   * the latest unless `hasLater`.
   */
  readonly messages: readonly Message[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  readonly readSeq: number;
  /** Of the first message that was unread at the opening. It stays until the screen is closed. */
  readonly firstUnreadSeq: number | null;
  readonly unreadCount: number;
  /** Of the viewer, and not among `messages` yet. In their order. */
  readonly outgoing: readonly OutgoingMessage[];
  /** Ids of others who are typing. */
  readonly typing: readonly string[];
}

export const LOADING: ConversationState = {
  status: "loading",
  error: null,
  kind: null,
  title: null,
  members: [],
  ownRole: null,
  messages: [],
  hasEarlier: false,
  hasLater: false,
  readSeq: 0,
  firstUnreadSeq: null,
  unreadCount: 0,
  outgoing: [],
  typing: [],
};
