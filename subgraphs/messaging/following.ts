// Follows a conversation, as a person who may use it or as its audience. Authorization happens
// once, at the start; entries of a log revoke it, so a revocation may be late but is never missed.
// The entry that removes the viewer is the last one. A block between the two people of a direct
// conversation ends the stream at once.
import { fail, notFound } from "#kit/errors";
import { beyondTheEnd, type LiveEntries, type Start } from "#kit/live/merged";
import type { WatchedStream } from "#kit/live/shared/sharing";
import type { Entry } from "#kit/live/streams";
import type { Viewer } from "#kit/trust/identity";
import type { Context } from "./context.ts";
import { isAlike, removedBy, removes, rewrites } from "./entries.ts";
import { blockStream, conversationStream } from "./streams.ts";
import type { WatchAuthorization, WatchStart } from "./watching/store.ts";

/**
 * Opens the stream of a conversation, at its head without `after`; the id is canonical. Null when
 * the conversation does not exist for the viewer. After a block between the two people of a direct
 * one, the stream throws the same `NOT_FOUND`.
 */
export async function followConversation(
  context: Context,
  viewer: Viewer,
  conversationId: string,
  after: number | null | undefined,
): Promise<WatchedStream | null> {
  const admission = await context.authorizeWatch({ conversationId, personId: viewer.id });
  if (!admission) return null;
  const streamId = conversationStream(conversationId);
  const { joinedSeq } = admission;
  const from = startOf(conversationId, admission, after);
  if (from < admission.visibleFromSeq - 1) throw beforeTheBeginning(streamId, from, admission);
  const starts = startsOf(conversationId, admission, from);
  const isLast = (entry: Entry) => {
    if (entry.streamId !== streamId)
      throw notFound("conversation", "conversationId", conversationId);
    return removes(entry, viewer.id, joinedSeq);
  };
  const { expiresAt } = viewer;
  const entries = await context.live.openMany(starts, { expiresAt, isLast });
  return watchedAs(streamId, entries, admission);
}

/** Like {@link followConversation}, for the audience. Null when there is no such conversation. */
export async function followAsAudience(
  context: Context,
  conversationId: string,
  after: number | null | undefined,
): Promise<WatchedStream | null> {
  const start = await context.watchStartOf(conversationId);
  if (!start) return null;
  const from = startOf(conversationId, start, after);
  const entries = await context.live.openMany(startsOf(conversationId, start, from));
  return watchedAs(conversationStream(conversationId), entries, start);
}

/** The start is at most `lastSeq`, so that no removal after the authorization is missed. */
function startOf(
  conversationId: string,
  { lastSeq }: WatchStart,
  after: number | null | undefined,
): number {
  const from = after ?? lastSeq;
  if (from > lastSeq) throw beyondTheEnd(conversationStream(conversationId), from, lastSeq);
  return from;
}

/** The error for a position from before a member sees the log. */
function beforeTheBeginning(streamId: string, after: number, admission: WatchAuthorization) {
  const { visibleFromSeq, lastSeq: head } = admission;
  const message = `The log begins at ${visibleFromSeq} for you, behind ${after}: read it again.`;
  return fail("RESYNC_REQUIRED", message, { streamId, head });
}

/** The streams to follow: the conversation's, and the blocks of the two people of a direct one. */
function startsOf(conversationId: string, start: WatchStart, after: number): Start[] {
  const { pairLow, pairHigh, blockSeq } = start;
  const own = { streamId: conversationStream(conversationId), after };
  if (!pairLow || !pairHigh) return [own];
  return [own, { streamId: blockStream(pairLow, pairHigh), after: blockSeq }];
}

/** Every member sees the same events. A block revokes both people of a pair. */
function watchedAs(streamId: string, entries: LiveEntries, start: WatchStart): WatchedStream {
  const { pairLow, pairHigh, lastSeq: head } = start;
  const revokedBy = (entry: Entry) =>
    entry.streamId === streamId
      ? removedBy(entry)
      : [pairLow, pairHigh].filter((id) => id !== null);
  return { entries, streamId, shareKey: streamId, head, revokedBy, rewrites, isAlike };
}
