// Telling all who look right now that somebody types, or no longer does. Nothing of it is stored.
import type { Context } from "./context.ts";
import { conversationStream } from "./streams.ts";

export interface Typing {
  readonly personId: string;
  readonly isTyping: boolean;
}

/** Tells the listeners at all replicas. */
export function sendTyping(
  { signals, now }: Context,
  conversationId: string,
  typing: Typing,
): void {
  signals.send(conversationStream(conversationId), { ...typing, createdAt: now() });
}
