// Marking a conversation as read: the person's own affair, told in their own stream alone.
import { inTransaction } from "#kit/data/database";
import { appendEntries, openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { readUpTo } from "../entries.ts";
import { forgetLoaded } from "../loaded.ts";
import { personStream } from "../streams.ts";
import { moveMark } from "./store.ts";

/**
 * Marks everything up to `seq` as read, for the viewer; the id is canonical. False when there is no
 * such conversation for them.
 */
export async function markRead(
  context: Context,
  conversationId: string,
  seq: number,
): Promise<boolean> {
  const { id: viewerId } = requireViewer(context);
  const { isMember, entries } = await inTransaction(context.database, async (tx) => {
    await openStreams(tx, [personStream(viewerId)]);
    const mark = await moveMark(tx, conversationId, viewerId, seq);
    if (!mark?.hasMoved) return { isMember: mark !== null, entries: [] };
    const told = [readUpTo(viewerId, conversationId, mark.readSeq)];
    return { isMember: true, entries: await appendEntries(tx, told) };
  });
  context.live.announce(entries);
  forgetLoaded(context);
  return isMember;
}
