// Putting an emoji to a message and taking it back. Nothing is told when nothing changes.
import { changeMessage, type Told, untold } from "../changes.ts";
import type { Context } from "../context.ts";
import { messageChanged } from "../entries.ts";
import type { MessageRow } from "../messages/store.ts";
import { qualifiedEmoji, qualifyReactions } from "./emoji.ts";
import { judgeReaction, type ReactRefusal } from "./rules.ts";
import { countReactions, insertReaction, removeReactionRow } from "./store.ts";

/** The id is canonical. */
export interface ReactionRequest {
  readonly messageId: string;
  readonly emoji: string;
}

export type ReactOutcome =
  | { readonly kind: "done"; readonly message: MessageRow }
  | { readonly kind: "notFound" | "notEmoji" }
  | ReactRefusal;

/** Puts an emoji to a message as the viewer. */
export async function addReaction(
  context: Context,
  request: ReactionRequest,
): Promise<ReactOutcome> {
  const { messageId } = request;
  const emoji = qualifiedEmoji(request.emoji);
  if (emoji === null) return { kind: "notEmoji" };
  return changeMessage(
    context,
    messageId,
    async (tx, message, userId): Promise<Told<ReactOutcome>> => {
      const kinds = qualifyReactions(await countReactions(tx, userId, [messageId]));
      const verdict = judgeReaction(message, kinds, emoji);
      if (verdict.kind === "same") return untold({ kind: "done", message });
      if (verdict.kind !== "add") return untold(verdict);
      await insertReaction(tx, { messageId, emoji, userId }, context.now());
      return changed(message, { actorId: userId, emoji, isAdded: true });
    },
  );
}

/** Takes the viewer's emoji from a message, in whatever spelling. */
export async function removeReaction(
  context: Context,
  request: ReactionRequest,
): Promise<ReactOutcome> {
  const { messageId, emoji } = request;
  return changeMessage(
    context,
    messageId,
    async (tx, message, userId): Promise<Told<ReactOutcome>> => {
      const wasThere = await removeReactionRow(tx, { messageId, emoji, userId });
      if (!wasThere) return untold({ kind: "done", message });
      const shown = qualifiedEmoji(emoji) ?? emoji;
      return changed(message, { actorId: userId, emoji: shown, isAdded: false });
    },
  );
}

interface ReactionChange {
  readonly actorId: string;
  readonly emoji: string;
  readonly isAdded: boolean;
}

function changed(message: MessageRow, change: ReactionChange): Told<ReactOutcome> {
  const entries = [messageChanged(message, { type: "reactionChanged", ...change })];
  return { outcome: { kind: "done", message }, entries };
}
