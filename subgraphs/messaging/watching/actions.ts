// Watching a conversation: admitted when it begins, ended by the entry that puts the viewer out.
import { requireViewer } from "#kit/identity";
import type { Entry } from "#kit/logs";
import { beyondTheEnd } from "#kit/merged";
import type { Context } from "../context.ts";
import { findStanding } from "../conversations/store.ts";
import { putsOut } from "../entries.ts";
import { conversationStream } from "../streams.ts";

/** Opens the stream of a conversation for one who is in it; the id is canonical. Else null. */
export async function watchConversation(
  context: Context,
  conversationId: string,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry> | null> {
  const { id: viewerId, expiresAt } = requireViewer(context);
  const streamId = conversationStream(conversationId);
  const standing = await findStanding(context.database, conversationId, viewerId);
  if (!standing) return null;
  // It begins no later than where the viewer was seen to be in, so that an entry that puts them out
  // while the stream opens is read.
  const from = after ?? standing.lastSeq;
  if (from > standing.lastSeq) throw beyondTheEnd(streamId, from, standing.lastSeq);
  const entries = await context.live.open(streamId, { after: from, expiresAt });
  return untilPutOut(entries, viewerId, standing.joinedSeq);
}

function untilPutOut(
  entries: AsyncIterableIterator<Entry>,
  viewerId: string,
  joinedSeq: number,
): AsyncIterableIterator<Entry> {
  let isOver = false;
  return {
    async next() {
      if (isOver) {
        await entries.return?.();
        return { done: true, value: undefined };
      }
      const result = await entries.next();
      if (!result.done) isOver = putsOut(result.value, viewerId, joinedSeq);
      return result;
    },
    async return() {
      isOver = true;
      await entries.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
