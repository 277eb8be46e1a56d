// The state that a screen of a conversation shows.
import type { OutgoingMessage } from "./outbox.ts";
import type { ConversationPage, Message } from "./timeline.ts";

export interface ConversationState {
  /** `gone`: there is no such conversation, or the viewer is not in it any more. */
  readonly status: "loading" | "ready" | "gone" | "failed";
  /** Of `failed`. */
  readonly error: unknown;
  readonly kind: ConversationPage["kind"] | null;
  readonly title: string | null;
  readonly members: ConversationPage["members"]["edges"];
  /** By `seq`, without holes. Up to the latest unless `hasLater`. */
  readonly messages: readonly Message[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  readonly readSeq: number;
  readonly unreadCount: number;
  /** Of the viewer, and not among `messages` yet. In their order. */
  readonly outgoing: readonly OutgoingMessage[];
  /** Ids of those who are typing. */
  readonly typing: readonly string[];
}

export const LOADING: ConversationState = {
  status: "loading",
  error: null,
  kind: null,
  title: null,
  members: [],
  messages: [],
  hasEarlier: false,
  hasLater: false,
  readSeq: 0,
  unreadCount: 0,
  outgoing: [],
  typing: [],
};
