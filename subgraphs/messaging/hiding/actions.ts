// Deletes messages for the viewer alone, and clears their history.
import { changeStreams } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context } from "../context.ts";
import { conversationIdOf } from "../conversations/store.ts";
import type { Transaction } from "../database.ts";
import { SEQ_MAX } from "../messages/store.ts";
import { changeOwn } from "../own-changes.ts";
import { historyCleared, messageHidden, readUpTo } from "../own-entries.ts";
import { conversationStream, personStream } from "../streams.ts";
import { clearUpTo, insertHidden } from "./store.ts";

/**
 * Deletes a message for the viewer, and returns the id of its conversation; null when the message
 * does not exist for them. Behind the conversation's lock, so that no deletion for all is counted
 * twice.
 */
export async function hideMessage(context: Context, messageId: string): Promise<string | null> {
  const { id: viewerId } = requireViewer(context);
  const conversationId = await conversationIdOf(context.database, messageId);
  if (!conversationId) return null;
  const member = await context.loaders.conversation.load(conversationId);
  if (!member) return null;
  const streamIds = [conversationStream(conversationId), personStream(viewerId)];
  const hidden = await changeStreams<Transaction, boolean>(
    context,
    streamIds,
    async ({ tx, append }) => {
      const made = await insertHidden(tx, messageId, viewerId);
      if (made?.isNew) await append([messageHidden(viewerId, conversationId, made.seq)]);
      return made !== null;
    },
  );
  clearLoaders(context);
  return hidden ? conversationId : null;
}

/**
 * Clears the viewer's history of a conversation, to its end without a seq; the id is canonical.
 * False when the conversation does not exist for them.
 */
export async function clearHistory(
  context: Context,
  conversationId: string,
  upToSeq: number | null,
): Promise<boolean> {
  const cleared = await changeOwn(context, async ({ tx, append }, viewerId) => {
    const done = await clearUpTo(tx, conversationId, viewerId, upToSeq ?? SEQ_MAX);
    if (done?.hasRead) await append([readUpTo(viewerId, conversationId, done.readSeq)]);
    if (done?.hasChanged) await append([historyCleared(viewerId, conversationId, done.clearedSeq)]);
    return done;
  });
  return cleared !== null;
}
