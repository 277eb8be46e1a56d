// The state that a screen of a conversation shows.

import type { Happening } from "./happenings.ts";
import type { Members } from "./members.ts";
import type { ConversationPage, Message } from "./messages.ts";
import type { OutgoingReply } from "./outgoing.ts";
import type { Timeline } from "./timeline.ts";

export interface ConversationState {
  /** `gone`: there is no such conversation, or the viewer is not in it any more. */
  readonly status: "loading" | "ready" | "gone" | "failed";
  /** Of `failed`. `UNAUTHENTICATED`: the person has signed out, and nothing of them is here. */
  readonly error: unknown;
  readonly kind: ConversationPage["kind"] | null;
  readonly title: string | null;
  /** Of a group. It ends some hours after it was read. */
  readonly pictureUrl: string | null;
  /** The purpose of a group. */
  readonly description: string | null;
  /** Of title, description and settings. */
  readonly version: number;
  /** Of a group. */
  readonly settings: ConversationPage["settings"];
  /**
   * Whether messages can be sent. While it is `CLOSED`, the viewer reads what was said, and hears
   * nothing new; a screen that is opened again asks anew.
   */
  readonly sending: ConversationPage["sending"];
  /** The rights of the viewer here. */
  readonly viewerRights: ConversationPage["viewerRights"];
  /** The first 100 at once, and soon after all of them. */
  readonly members: Members;
  readonly viewerRole: ConversationPage["viewerRole"] | null;
  /**
   * By `seq`, without holes, with the viewer's changes that the server has not confirmed. Up to
   * the latest unless `hasLater`. `replyTo` of a reply is null until the message is known, and when
   * the viewer may not see it.
   */
  readonly messages: readonly Message[];
  /** The happenings among `messages`, by `seq`. */
  readonly happenings: readonly Happening[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  readonly readSeq: number;
  /** Of the first message that was unread at the opening. It stays until the screen is closed. */
  readonly firstUnreadSeq: number | null;
  readonly unreadCount: number;
  /** How many unread messages mention the viewer. */
  readonly unreadMentions: number;
  /** Of the first of them; null without one, and as long as it is not known. */
  readonly nextMentionSeq: number | null;
  /** Of the viewer, and not among `messages` yet. In their order. */
  readonly outgoing: readonly OutgoingReply[];
  /** Ids of others who are typing. */
  readonly typing: readonly string[];
}

export const LOADING: ConversationState = {
  status: "loading",
  error: null,
  kind: null,
  title: null,
  pictureUrl: null,
  description: null,
  version: 0,
  settings: null,
  sending: "OPEN",
  viewerRights: [],
  members: [],
  viewerRole: null,
  messages: [],
  happenings: [],
  hasEarlier: false,
  hasLater: false,
  readSeq: 0,
  firstUnreadSeq: null,
  unreadCount: 0,
  unreadMentions: 0,
  nextMentionSeq: null,
  outgoing: [],
  typing: [],
};

export interface Parts {
  readonly timeline: Timeline;
  /** Those of the timeline with the viewer's changes. */
  readonly messages: readonly Message[];
  readonly reading: Pick<
    ConversationState,
    "readSeq" | "unreadCount" | "unreadMentions" | "nextMentionSeq"
  >;
  readonly outgoing: readonly OutgoingReply[];
}

/** The state with what its parts have now, and with `change`. */
export function nextState(
  state: ConversationState,
  change: Partial<ConversationState>,
  { timeline, messages, reading, outgoing }: Parts,
): ConversationState {
  return {
    ...state,
    messages,
    happenings: timeline.happenings,
    hasEarlier: timeline.earlierCursor !== null,
    hasLater: timeline.laterCursor !== null,
    readSeq: reading.readSeq,
    unreadCount: reading.unreadCount,
    unreadMentions: reading.unreadMentions,
    nextMentionSeq: reading.nextMentionSeq,
    outgoing,
    ...change,
  };
}

const CHANGES: ReadonlySet<string> = new Set([
  "MembersChanged",
  "RoleChanged",
  "ConversationChanged",
]);

/** True for an event behind which members, rights and title are read anew. */
export function changesAbout({ __typename }: { readonly __typename: string }): boolean {
  return CHANGES.has(__typename);
}
