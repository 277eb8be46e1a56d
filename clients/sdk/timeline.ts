// The messages of a conversation as one screen has them: a stretch of the log without holes. Pure:
// pages and events in, state out.

import { type Happening, happeningsOf, withHappening, withHappenings } from "./happenings.ts";
import type { ConversationPage, Message, Quote } from "./messages.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { threadWith, withReply } from "./thread-marks.ts";

/** The text of a message, of any time. */
export interface MessageText {
  readonly id: string;
  readonly body: string | null;
  readonly version?: number;
  readonly editedAt?: string | null;
  readonly deletedAt?: string | null;
  readonly mentions?: Message["mentions"];
  readonly isMentioningAll?: boolean;
  readonly attachments?: Message["attachments"];
}

export interface Timeline {
  /** By `seq`. */
  readonly messages: readonly Message[];
  /** By `seq`: those among the messages, and at the ends of the conversation those beyond them. */
  readonly happenings: readonly Happening[];
  /** Where the messages before these end; null when there are none. */
  readonly earlierCursor: string | null;
  /** Where the messages behind these begin; null at the end of the conversation. */
  readonly laterCursor: string | null;
}

export const EMPTY: Timeline = {
  messages: [],
  happenings: [],
  earlierCursor: null,
  laterCursor: null,
};

/** Events that arrived during a page request. The page may be older than they are. */
export interface Meanwhile {
  readonly events: readonly ConversationEvent[];
  readonly viewerId: string | null;
}

/** The timeline of one page. */
export function timelineOf(page: ConversationPage, meanwhile: Meanwhile): Timeline {
  return withEvents(stretchOf(page), meanwhile);
}

/** Puts a page in front, or behind. */
export function withPage(
  timeline: Timeline,
  side: "earlier" | "later",
  page: ConversationPage,
  meanwhile: Meanwhile,
): Timeline {
  const { messages } = timeline;
  const added = stretchOf(page);
  const happenings = withHappenings(timeline.happenings, added.happenings);
  if (side === "earlier") {
    const first = messages[0]?.seq ?? Number.POSITIVE_INFINITY;
    const before = added.messages.filter(({ seq }) => seq < first);
    const { earlierCursor } = added;
    return withEvents(
      { ...timeline, messages: [...before, ...messages], happenings, earlierCursor },
      meanwhile,
    );
  }
  const last = messages.at(-1)?.seq ?? 0;
  const behind = added.messages.filter(({ seq }) => seq > last);
  const { laterCursor } = added;
  return withEvents(
    { ...timeline, messages: [...messages, ...behind], happenings, laterCursor },
    meanwhile,
  );
}

function stretchOf({ messages }: ConversationPage): Timeline {
  const { edges, pageInfo } = messages;
  return {
    messages: edges.map(({ node }) => node),
    happenings: happeningsOf(messages),
    earlierCursor: pageInfo.hasPreviousPage ? pageInfo.startCursor : null,
    laterCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

function withEvents(timeline: Timeline, { events, viewerId }: Meanwhile): Timeline {
  return events.reduce<Timeline>((state, event) => withEvent(state, event, viewerId), timeline);
}

/**
 * Applies an event. Each event of the conversation must come here once and in order. A timeline has
 * the replies of one thread, or without `threadRootId` the messages that are no replies of any.
 */
export function withEvent(
  before: Timeline,
  event: ConversationEvent,
  viewerId: string | null,
  threadRootId: string | null = null,
): Timeline {
  const timeline = threadRootId === null ? withHappening(before, event) : before;
  if (!("message" in event) || !event.message) return timeline;
  const quoted = quotesUpdated(timeline.messages, event.message);
  if ((event.message.threadRootId || null) !== threadRootId) {
    return { ...timeline, messages: withReply(quoted, event, viewerId) };
  }
  return withOwnEvent({ ...timeline, messages: quoted }, event, viewerId);
}

/** Applies an event of a message that belongs to the timeline. */
function withOwnEvent(timeline: Timeline, event: MessageEvent, viewerId: string | null): Timeline {
  const { messages } = timeline;
  if (!event.message) return timeline;
  const at = messages.findIndex(({ id }) => id === event.message?.id);
  const known = messages[at];
  if (known) {
    const next = merged(known, event, viewerId);
    return { ...timeline, messages: [...messages.slice(0, at), next, ...messages.slice(at + 1)] };
  }
  // Events come in order, so that what is not here is behind the last one, or outside.
  const isNext = event.message.seq > (messages.at(-1)?.seq ?? 0) && timeline.laterCursor === null;
  if (event.__typename !== "MessageSent" || !isNext) return { ...timeline, messages };
  const quoted = messages.find(({ id }) => id === event.message?.replyToId);
  const replyTo = quoted ? quoteOf(quoted) : null;
  const bare = { ...event.message, replyTo, reactions: [], thread: null };
  const sent = merged(bare, event, viewerId);
  return { ...timeline, messages: [...messages, sent] };
}

type MessageEvent = Extract<ConversationEvent, { readonly message: unknown }>;

/** The parts that a deleted message does not have. */
const BARE = {
  ...{ pinnedAt: null, reactions: [], mentions: [], isMentioningAll: false },
  attachments: [],
} as const;

/** Takes over a text from the answer to a mutation, unless a newer one is here. */
export function withText(timeline: Timeline, text: MessageText): Timeline {
  const messages = quotesUpdated(timeline.messages, text).map((message) => {
    if (message.id !== text.id || isOlder(text, message)) return message;
    const isDeleted = text.deletedAt != null;
    return { ...message, ...text, ...(isDeleted && BARE) };
  });
  return { ...timeline, messages };
}

export function quoteOf(message: Message): Quote {
  const { id, seq, body, version, deletedAt, attachments, sender } = message;
  return {
    __typename: "Message",
    ...{ id, seq, body, version, deletedAt, attachments },
    sender: sender && { __typename: "User", id: sender.id, displayName: sender.displayName },
  };
}

/** Gives a quote that was read on its own to the replies that have none. */
export function withQuote(timeline: Timeline, quote: Quote): Timeline {
  const messages = timeline.messages.map((message) =>
    message.replyToId === quote.id && !message.replyTo ? { ...message, replyTo: quote } : message,
  );
  return { ...timeline, messages };
}

/** A quote with the text, unless it has a newer one. */
export function quoteWith(quote: Quote, text: MessageText): Quote {
  if (quote.id !== text.id || isOlder(text, quote)) return quote;
  const { body, version = quote.version, deletedAt = quote.deletedAt } = text;
  const { attachments = deletedAt === null ? quote.attachments : [] } = text;
  return { ...quote, body, version, deletedAt, attachments };
}

function quotesUpdated(messages: readonly Message[], text: MessageText): readonly Message[] {
  if (!messages.some(({ replyToId }) => replyToId === text.id)) return messages;
  return messages.map((message) => {
    const replyTo = message.replyTo && quoteWith(message.replyTo, text);
    return replyTo === message.replyTo ? message : { ...message, replyTo };
  });
}

type Aged = Pick<MessageText, "version" | "deletedAt">;

function isOlder(one: Aged, other: Aged): boolean {
  return ageOf(one) < ageOf(other);
}

/** A deleted message gets no text any more. */
function ageOf({ version = 0, deletedAt }: Aged): number {
  return deletedAt == null ? version : Number.POSITIVE_INFINITY;
}

/**
 * Events have a message as it was when they were read. That may be older than what is here, which
 * keeps its text; of the rest, the events that made the difference follow. Events do not have what
 * is the viewer's own.
 */
function merged(known: Message, event: MessageEvent, viewerId: string | null): Message {
  const { message } = event;
  if (!message) return known;
  const isDeletedSince = known.deletedAt !== null && message.deletedAt === null;
  if (isDeletedSince) return known;
  const wasAmong = new Map(known.reactions.map((each) => [each.emoji, each.isViewerAmong]));
  if (event.__typename === "ReactionChanged" && event.emoji && event.actor?.id === viewerId) {
    wasAmong.set(event.emoji, event.isAdded === true);
  }
  const reactions = message.reactions.map((each) => ({
    ...each,
    isViewerAmong: wasAmong.get(each.emoji) ?? false,
  }));
  const { body, version, editedAt, mentions, isMentioningAll } = known;
  const named = { mentions, isMentioningAll };
  const text = isOlder(message, known) && { body, version, editedAt, ...named };
  const thread = threadWith(known, message.thread, viewerId);
  return { ...known, ...message, ...text, sender: known.sender, reactions, thread };
}

/** How many messages of others behind a place are not deleted, of those that are here. */
export function unreadIn(timeline: Timeline, readSeq: number, viewerId: string | null): number {
  return timeline.messages.filter(
    ({ seq, sender, deletedAt }) => seq > readSeq && sender?.id !== viewerId && deletedAt === null,
  ).length;
}

/** Whether all messages behind a place are here. */
export function hasAllBehind(
  { messages, earlierCursor, laterCursor }: Timeline,
  seq: number,
): boolean {
  const first = messages[0]?.seq ?? 0;
  return laterCursor === null && (earlierCursor === null || first <= seq + 1);
}
