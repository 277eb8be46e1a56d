// The messages of a conversation as one screen has them: a stretch of the log without holes, up to
// its end. Pure: pages and events in, state out.
import type { ConversationEvent } from "./client.ts";
import type { ConversationPageQuery } from "./generated/operations.ts";

export type ConversationPage = NonNullable<ConversationPageQuery["conversation"]>;
export type Message = ConversationPage["messages"]["edges"][number]["node"];

export interface Timeline {
  /** By `seq`. */
  readonly messages: readonly Message[];
  /** Where the messages before these begin; null when there are none. */
  readonly earlierCursor: string | null;
}

/** The timeline of a page that ends with the latest message. */
export function timelineOf({ messages: { edges, pageInfo } }: ConversationPage): Timeline {
  return {
    messages: edges.map(({ node }) => node),
    earlierCursor: pageInfo.hasPreviousPage ? pageInfo.startCursor : null,
  };
}

/**
 * Puts a page in front. `since` are the events that came after the page was asked for: the page may
 * be older than them.
 */
export function withEarlier(
  timeline: Timeline,
  page: ConversationPage,
  since: readonly ConversationEvent[],
  viewerId: string | null,
): Timeline {
  const { messages: before, earlierCursor } = timelineOf(page);
  const first = timeline.messages[0]?.seq ?? Number.POSITIVE_INFINITY;
  const messages = [...before.filter(({ seq }) => seq < first), ...timeline.messages];
  const start: Timeline = { messages, earlierCursor };
  return since.reduce<Timeline>((state, event) => withEvent(state, event, viewerId), start);
}

/** Applies an event. Each event of the conversation must come here once and in order. */
export function withEvent(
  timeline: Timeline,
  event: ConversationEvent,
  viewerId: string | null,
): Timeline {
  if (event.__typename === "MembersChanged" || !event.message) return timeline;
  const { messages } = timeline;
  const at = messages.findIndex(({ id }) => id === event.message?.id);
  const known = messages[at];
  if (known) {
    const next = merged(known, event, viewerId);
    return { ...timeline, messages: [...messages.slice(0, at), next, ...messages.slice(at + 1)] };
  }
  if (event.__typename !== "MessageSent") return timeline;
  const sent = merged({ ...event.message, reactions: [] }, event, viewerId);
  // Events come in order, so that a new message is the last one.
  return { ...timeline, messages: [...messages, sent] };
}

type MessageEvent = Exclude<ConversationEvent, { readonly __typename: "MembersChanged" }>;

/**
 * Events have a message as it was when they were read, which may be older than a page. The events
 * that made the difference follow then. They do not have what is the viewer's own.
 */
function merged(known: Message, event: MessageEvent, viewerId: string | null): Message {
  const { message } = event;
  if (!message) return known;
  const wasAmong = new Map(known.reactions.map((each) => [each.emoji, each.isViewerAmong]));
  if (event.__typename === "ReactionChanged" && event.emoji && event.actor?.id === viewerId) {
    wasAmong.set(event.emoji, event.isAdded === true);
  }
  const reactions = message.reactions.map((each) => ({
    ...each,
    isViewerAmong: wasAmong.get(each.emoji) ?? false,
  }));
  return { ...known, ...message, sender: known.sender, reactions };
}

/** How many messages of others behind a place are not deleted, of those that are here. */
export function unreadIn(timeline: Timeline, readSeq: number, viewerId: string | null): number {
  return timeline.messages.filter(
    ({ seq, sender, deletedAt }) => seq > readSeq && sender?.id !== viewerId && deletedAt === null,
  ).length;
}
