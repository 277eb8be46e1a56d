// Pinning messages and taking the pin away. Nothing is told when nothing changes.
import { changeMessage, type Told, untold } from "../changes.ts";
import type { Context } from "../context.ts";
import { messageChanged } from "../entries.ts";
import type { MessageRow } from "../messages/store.ts";
import { judgePin, PINS_MAX } from "./rules.ts";
import { insertPin, listPinnedIds, removePin } from "./store.ts";

export type PinOutcome =
  | { readonly kind: "done"; readonly message: MessageRow }
  | { readonly kind: "tooMany"; readonly pinsMax: number }
  | { readonly kind: "deleted" | "notFound" };

/** Pins a message of a conversation that the viewer is in. The id is canonical. */
export async function pinMessage(context: Context, messageId: string): Promise<PinOutcome> {
  return changeMessage(
    context,
    messageId,
    async (tx, message, viewerId): Promise<Told<PinOutcome>> => {
      const pinnedIds = await listPinnedIds(tx, message.conversationId);
      const { kind } = judgePin(message, pinnedIds);
      if (kind === "same") return untold({ kind: "done", message });
      if (kind === "tooMany") return untold({ kind, pinsMax: PINS_MAX });
      if (kind === "deleted") return untold({ kind });
      await insertPin(tx, messageId, context.now());
      return changed(message, viewerId);
    },
  );
}

/** Takes the pin from a message of a conversation that the viewer is in. */
export async function unpinMessage(context: Context, messageId: string): Promise<PinOutcome> {
  return changeMessage(
    context,
    messageId,
    async (tx, message, viewerId): Promise<Told<PinOutcome>> => {
      const wasPinned = await removePin(tx, messageId);
      return wasPinned ? changed(message, viewerId) : untold({ kind: "done", message });
    },
  );
}

function changed(message: MessageRow, actorId: string): Told<PinOutcome> {
  const entries = [messageChanged(message, { type: "pinChanged", actorId })];
  return { outcome: { kind: "done", message }, entries };
}
