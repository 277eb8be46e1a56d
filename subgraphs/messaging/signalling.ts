// Sends typing signals to everyone who listens right now. Nothing is stored.
import type { Context } from "./context.ts";
import { conversationStream } from "./streams.ts";

export interface Typing {
  readonly personId: string;
  readonly isTyping: boolean;
}

/** Sends to the listeners at all replicas. */
export function sendTyping(
  { signals, now }: Context,
  conversationId: string,
  typing: Typing,
): void {
  signals.send(conversationStream(conversationId), { ...typing, createdAt: now() });
}
