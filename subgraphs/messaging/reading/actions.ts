// Marks a conversation as read. Only the viewer's own stream gets an entry.
import { changeStreams } from "#kit/live/changes";
import { deleteEmptyStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context, Transaction } from "../context.ts";
import { readUpTo } from "../entries.ts";
import { personStream } from "../streams.ts";
import { moveMark } from "./store.ts";

/**
 * Marks everything up to `seq` as read by the viewer; the id is canonical. False when the
 * conversation does not exist for them.
 */
export async function markRead(
  context: Context,
  conversationId: string,
  seq: number,
): Promise<boolean> {
  const { id: viewerId } = requireViewer(context);
  const streamIds = [personStream(viewerId)];
  const isMember = await changeStreams<Transaction, boolean>(
    context,
    streamIds,
    async ({ tx, append }) => {
      const mark = await moveMark(tx, conversationId, viewerId, seq);
      // Also for an erased person with a token that is still valid: they are no member any more.
      if (mark === null) await deleteEmptyStreams(tx, streamIds);
      if (mark?.hasMoved) await append([readUpTo(viewerId, conversationId, mark.readSeq)]);
      return mark !== null;
    },
  );
  clearLoaders(context);
  return isMember;
}
