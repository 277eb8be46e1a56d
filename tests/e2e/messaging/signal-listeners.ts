// Subscribes to signals and proves that the subscription is live. Signals are not stored, so a test
// can rely on the next one only after the first has arrived.
import { operation } from "../../../schema/operations.ts";
import type { Socket } from "../../kit/socket.ts";
import type { TokenHolder } from "../../kit/stories.ts";
import { mutate } from "./harness.ts";

export interface SignalEvent {
  readonly signals: { readonly user: { readonly id: string }; readonly isTyping: boolean };
}

const OPEN_WITHIN_MS = 20_000;

/**
 * Returns the operation's id. The `others` type one after the other until a signal arrives: ten at
 * least, because the typing of one person is told again only after two seconds.
 */
export async function listenForSignals(
  socket: Socket,
  conversationId: string,
  others: readonly TokenHolder[],
  name: "Signals" | "InboxSignals" = "Signals",
): Promise<string> {
  const variables = name === "Signals" ? { conversationId } : {};
  const id = socket.subscribe(operation(name), variables);
  const deadline = Date.now() + OPEN_WITHIN_MS;
  while (Date.now() < deadline) {
    for (const other of others) {
      await mutate("SetTyping", other, { conversationId });
      const frame = await socket.next(id, 200).catch(() => null);
      if (frame) return id;
    }
  }
  throw new Error("no signal arrived");
}
