// Adds and removes reactions. A request that changes nothing appends no entry.
import type { Append } from "#kit/live/changes";
import { changeMessage } from "../changes.ts";
import type { Context } from "../context.ts";
import type { Membership } from "../conversations/store.ts";
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

/** Adds the viewer's emoji to a message. */
export async function addReaction(
  context: Context,
  request: ReactionRequest,
): Promise<ReactOutcome> {
  const { messageId } = request;
  const emoji = qualifiedEmoji(request.emoji);
  if (emoji === null) return { kind: "notEmoji" };
  return changeMessage<ReactOutcome>(
    context,
    messageId,
    async ({ tx, append }, message, userId, standing) => {
      const kinds = qualifyReactions(await countReactions(tx, userId, [messageId]));
      const verdict = judgeReaction(message, kinds, emoji);
      if (verdict.kind === "same") return { kind: "done", message };
      if (verdict.kind !== "add") return verdict;
      await insertReaction(tx, { messageId, emoji, userId }, context.now());
      return changed(append, message, standing, { actorId: userId, emoji, isAdded: true });
    },
  );
}

/** Removes the viewer's emoji from a message, in any spelling. */
export async function removeReaction(
  context: Context,
  request: ReactionRequest,
): Promise<ReactOutcome> {
  const { messageId, emoji } = request;
  return changeMessage<ReactOutcome>(
    context,
    messageId,
    async ({ tx, append }, message, userId, standing) => {
      const existed = await removeReactionRow(tx, { messageId, emoji, userId });
      if (!existed) return { kind: "done", message };
      const shown = qualifiedEmoji(emoji) ?? emoji;
      return changed(append, message, standing, { actorId: userId, emoji: shown, isAdded: false });
    },
  );
}

interface ReactionChange {
  readonly actorId: string;
  readonly emoji: string;
  readonly isAdded: boolean;
}

async function changed(
  append: Append,
  message: MessageRow,
  standing: Membership,
  change: ReactionChange,
): Promise<ReactOutcome> {
  await append([messageChanged(message, standing, { type: "reactionChanged", ...change })]);
  return { kind: "done", message };
}
