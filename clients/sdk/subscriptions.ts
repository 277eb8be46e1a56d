// The subscriptions of the graph as streams, and the types of their events.
import {
  ConversationEvents,
  type ConversationEventsSubscription,
  InboxEvents,
  type InboxEventsSubscription,
  InboxSignals,
  MatchCreated,
  type MatchCreatedSubscription,
  NotificationUpdated,
  type NotificationUpdatedSubscription,
  Signals,
  type SignalsSubscription,
  ViewerRegistrationUpdated,
  type ViewerRegistrationUpdatedSubscription,
} from "./generated/operations.ts";
import { inboxPositions, logPosition, NO_POSITIONS, type StreamPosition } from "./positions.ts";
import { shareSignals } from "./shared-signals.ts";
import { shareInbox } from "./shared-stream.ts";
import type { OpenStream, StreamSink } from "./streams.ts";

export type ConversationEvent = ConversationEventsSubscription["conversationEvents"];
export type InboxEvent = InboxEventsSubscription["inboxEvents"];
export type Signal = SignalsSubscription["signals"];

export type NewMatch = MatchCreatedSubscription["matchCreated"];
export type NotificationUpdate = NotificationUpdatedSubscription["notificationUpdated"];
export type RegistrationUpdate = ViewerRegistrationUpdatedSubscription["viewerRegistrationUpdated"];

/** Streams that go on by themselves. Each function returns how to close the stream. */
export interface Streams {
  /** Behind `after`, or what happens from now on. */
  conversationEvents(
    conversationId: string,
    sink: StreamSink<ConversationEvent>,
    after?: number,
  ): () => void;
  /**
   * Behind `after`; other streams behind what this subscriber has received, or from now on.
   * Without `after`, all callers share one stream, and each gets `InboxOpened` first.
   */
  inboxEvents(sink: StreamSink<InboxEvent>, after?: readonly StreamPosition[]): () => void;
  /** Typing in a conversation. Nothing is repeated. */
  signals(conversationId: string, sink: StreamSink<Signal>): () => void;
  /** Typing in all conversations of the viewer. All callers share one stream. */
  inboxSignals(sink: StreamSink<Signal>): () => void;
  /** The viewer's new matches, behind `after`: the `seq` of a page of matches. */
  matches(sink: StreamSink<NewMatch>, after: number): () => void;
  /** Changes of the viewer's notifications, behind `after`, with texts in this language. */
  notifications(
    sink: StreamSink<NotificationUpdate>,
    from: { readonly after: number; readonly language?: string },
  ): () => void;
  /** Changes of the viewer's registrations and their events, behind `after`. */
  viewerRegistrations(sink: StreamSink<RegistrationUpdate>, after: number): () => void;
}

export function streamsOf(open: OpenStream): Streams {
  const shared = shareInbox((positions, sink) => open(InboxEvents, {}, positions, sink));
  return {
    conversationEvents: (conversationId, sink, after) =>
      open(ConversationEvents, { conversationId }, logPosition(after ?? null), sink),
    inboxEvents: (sink, after) =>
      after ? open(InboxEvents, {}, inboxPositions(after), sink) : shared(sink),
    signals: (conversationId, sink) => open(Signals, { conversationId }, NO_POSITIONS, sink),
    inboxSignals: shareSignals((sink) => open(InboxSignals, {}, NO_POSITIONS, sink)),
    matches: (sink, after) => open(MatchCreated, {}, logPosition(after), sink),
    notifications: (sink, { after, ...texts }) =>
      open(NotificationUpdated, texts, logPosition(after), sink),
    viewerRegistrations: (sink, after) =>
      open(ViewerRegistrationUpdated, {}, logPosition(after), sink),
  };
}
