// Marks a conversation as read. Only the viewer's own stream gets an entry.
import { addToOutbox } from "#kit/facts/outbox";
import type { Context } from "../context.ts";
import { readFact } from "../integration.ts";
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
    if (!moved?.hasChanged) return moved;
    const { readSeq } = moved;
    await append([readUpTo(viewerId, conversationId, readSeq)]);
    if (moved.wasTold) {
      await addToOutbox(tx, [readFact({ personId: viewerId, conversationId, readSeq })]);
    }
    return moved;
  });
  return mark !== null;
}
