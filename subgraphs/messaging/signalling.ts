// Sends typing signals to everyone who listens right now. Nothing is stored.
import type { Context } from "./context.ts";
import { conversationStream, personStream } from "./streams.ts";
import { findTypingReceivers } from "./typing/store.ts";

export interface Typing {
  readonly personId: string;
  readonly isTyping: boolean;
}

/**
 * Sends to the listeners at all replicas: on the channel of the conversation, and on one of each
 * person who gets it, for their list. So a list costs one channel however many conversations are in
 * it, and who gets a signal is decided once, when it is sent, by one statement. Resolves after the
 * statement; a failure is only logged.
 */
export async function sendTyping(
  { database, signals, now, log }: Context,
  conversationId: string,
  typing: Typing,
): Promise<void> {
  const signal = { ...typing, conversationId, createdAt: now() };
  signals.send(conversationStream(conversationId), signal);
  try {
    const people = await findTypingReceivers(database, conversationId, typing.personId);
    for (const id of people) signals.send(personStream(id), signal);
  } catch (error) {
    log.warn({ err: error, conversationId }, "a typing signal did not reach the lists");
  }
}
