// Following a conversation for one who may use it: admitted when it begins, ended by what is told
// in a log, so that the end may be late but is never missed. The entry that puts the viewer out is
// the last one; a block between two people who talk directly ends it at once.
import { notFound } from "#kit/errors";
import type { Viewer } from "#kit/identity";
import type { Entry } from "#kit/logs";
import { beyondTheEnd } from "#kit/merged";
import type { Context } from "./context.ts";
import { findAdmission } from "./conversations/store.ts";
import { putsOut } from "./entries.ts";
import { blockStream, conversationStream } from "./streams.ts";

/**
 * Opens the stream of a conversation, without `after` at its end; the id is canonical. Null when
 * for the viewer there is no such conversation, and once one of a pair blocks the other it fails
 * with the words for that.
 */
export async function followConversation(
  context: Context,
  viewer: Viewer,
  conversationId: string,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry> | null> {
  const streamId = conversationStream(conversationId);
  const admission = await findAdmission(context.database, conversationId, viewer.id);
  if (!admission) return null;
  const { lastSeq, joinedSeq, pairLow, pairHigh, blockSeq } = admission;
  // It begins no later than where the viewer was seen to be in, so that an entry that puts them out
  // while the stream opens is read.
  const from = after ?? lastSeq;
  if (from > lastSeq) throw beyondTheEnd(streamId, from, lastSeq);
  const starts = [{ streamId, after: from }];
  if (pairLow && pairHigh) {
    starts.push({ streamId: blockStream(pairLow, pairHigh), after: blockSeq });
  }
  const entries = await context.live.openMany(starts, viewer);
  const isLast = (entry: Entry) => {
    if (entry.streamId !== streamId)
      throw notFound("conversation", "conversationId", conversationId);
    return putsOut(entry, viewer.id, joinedSeq);
  };
  return untilLast(entries, isLast);
}

/** What comes up to the entry for which `isLast`; ends the source if that throws. */
function untilLast(
  entries: AsyncIterableIterator<Entry>,
  isLast: (entry: Entry) => boolean,
): AsyncIterableIterator<Entry> {
  let isOver = false;
  const end = async () => {
    isOver = true;
    await entries.return?.();
  };
  return {
    async next() {
      if (isOver) {
        await end();
        return { done: true, value: undefined };
      }
      const result = await entries.next();
      if (result.done) return result;
      try {
        isOver = isLast(result.value);
        return result;
      } catch (error) {
        await end();
        throw error;
      }
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
