// The messages on their way, as the screen of their conversation shows them.
import type { Message, Quote } from "./messages.ts";
import type { OutgoingMessage } from "./outbox.ts";

/** A message on its way, with the message to which it replies, if that is known. */
export interface OutgoingReply extends OutgoingMessage {
  readonly replyTo: Quote | null;
}

export interface Outgoing {
  readonly list: readonly OutgoingMessage[];
  readonly conversationId: string;
  /** Null for the main timeline. */
  readonly threadRootId: string | null;
  readonly viewerId: string | null;
  /** Those that have arrived. */
  readonly messages: readonly Message[];
  readonly findQuote: (messageId: string) => Quote | null;
}

/** Those of the viewer in a conversation, without those that have arrived. */
export function outgoingIn(outgoing: Outgoing): readonly OutgoingReply[] {
  const { list, conversationId, threadRootId, viewerId, messages, findQuote } = outgoing;
  const own = list.filter(
    (each) =>
      each.conversationId === conversationId &&
      (each.threadRootId ?? null) === threadRootId &&
      each.senderId === viewerId,
  );
  if (own.length === 0) return [];
  const arrived = new Set(
    messages
      // The sender may be unknown for a while; the id is enough then.
      .filter(({ sender }) => sender === null || sender.id === viewerId)
      .map(({ clientMessageId }) => clientMessageId),
  );
  return own
    .filter(({ clientMessageId }) => !arrived.has(clientMessageId))
    .map((each) => {
      const { replyToId } = each;
      return { ...each, replyTo: replyToId === null ? null : findQuote(replyToId) };
    });
}
