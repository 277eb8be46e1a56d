// Pins and unpins messages. A request that changes nothing appends no entry.
import type { Append } from "#kit/live/changes";
import { changeMessage } from "../changes.ts";
import type { Context } from "../context.ts";
import type { Membership } from "../conversations/store.ts";
import { messageChanged } from "../entries.ts";
import type { MessageRow } from "../messages/store.ts";
import { hasRight, type NotAllowed } from "../rights.ts";
import { judgePin, PINS_MAX } from "./rules.ts";
import { insertPin, listPinnedIds, removePin } from "./store.ts";

export type PinOutcome =
  | { readonly kind: "done"; readonly message: MessageRow }
  | { readonly kind: "tooMany"; readonly pinsMax: number }
  | { readonly kind: "deleted" | "notFound" }
  | NotAllowed;

const MAY_NOT_PIN: NotAllowed = { kind: "notAllowed", right: "PIN_MESSAGES" };

/** Pins a message in a conversation of the viewer. The id is canonical. */
export async function pinMessage(context: Context, messageId: string): Promise<PinOutcome> {
  return changeMessage<PinOutcome>(
    context,
    messageId,
    async ({ tx, append }, message, viewerId, standing) => {
      if (!hasRight(standing, "PIN_MESSAGES")) return MAY_NOT_PIN;
      const pinnedIds = await listPinnedIds(tx, message.conversationId);
      const { kind } = judgePin(message, pinnedIds);
      if (kind === "same") return { kind: "done", message };
      if (kind === "tooMany") return { kind, pinsMax: PINS_MAX };
      if (kind === "deleted") return { kind };
      await insertPin(tx, messageId, context.now());
      return changed(append, message, standing, { actorId: viewerId, isPinned: true });
    },
  );
}

/** Unpins a message in a conversation of the viewer. The id is canonical. */
export async function unpinMessage(context: Context, messageId: string): Promise<PinOutcome> {
  return changeMessage<PinOutcome>(
    context,
    messageId,
    async ({ tx, append }, message, viewerId, standing) => {
      if (!hasRight(standing, "PIN_MESSAGES")) return MAY_NOT_PIN;
      const wasPinned = await removePin(tx, messageId);
      if (!wasPinned) return { kind: "done", message };
      return changed(append, message, standing, { actorId: viewerId, isPinned: false });
    },
  );
}

async function changed(
  append: Append,
  message: MessageRow,
  standing: Membership,
  change: { readonly actorId: string; readonly isPinned: boolean },
): Promise<PinOutcome> {
  await append([messageChanged(message, standing, { type: "pinChanged", ...change })]);
  return { kind: "done", message };
}
