// Listeners of a conversation, who are sure to listen: signals are not kept, so who asks for them
// has to hear one before a test can count on the next.
import { operation } from "../../../schema/operations.ts";
import type { Socket } from "../../kit/socket.ts";
import type { TokenHolder } from "../../kit/stories.ts";
import { mutate } from "./harness.ts";

export interface SignalEvent {
  readonly signals: { readonly user: { readonly id: string }; readonly isTyping: boolean };
}

/** Listens, the operation's id: one of `others` after the other types until one is heard. */
export async function listenForSignals(
  socket: Socket,
  conversationId: string,
  others: readonly TokenHolder[],
): Promise<string> {
  const id = socket.subscribe(operation("Signals"), { conversationId });
  for (const other of others) {
    await mutate("SetTyping", other, { conversationId });
    const frame = await socket.next(id, 200).catch(() => null);
    if (frame) return id;
  }
  throw new Error("nobody was heard");
}
