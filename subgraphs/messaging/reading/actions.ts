// Marks a conversation as read. Only the viewer's own stream gets an entry.
import type { Context } from "../context.ts";
import { changeOwn } from "../own-changes.ts";
import { readUpTo } from "../own-entries.ts";
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
  const mark = await changeOwn(context, async ({ tx, append }, viewerId) => {
    const moved = await moveMark(tx, conversationId, viewerId, seq);
    if (moved?.hasChanged) await append([readUpTo(viewerId, conversationId, moved.readSeq)]);
    return moved;
  });
  return mark !== null;
}
