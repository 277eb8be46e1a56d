// The feed of a shared stream: every event once, for everybody who was admitted, and with it whom
// it puts out. It admits nobody and replays nothing: a control stream does that for each viewer.
import type { ExecutionResult } from "graphql";
import { markFrame, type ServeEvent } from "#kit/control";
import { DONE, iteratorOf } from "#kit/iterators";
import type { Shareable } from "#kit/sharing";

/**
 * The frames of a feed: first the position behind which it begins, then events, each with those
 * whom it puts out. Who is put out by something else is told in a frame of its own.
 */
export function feedFrames(
  { watched, eventOf }: Shareable,
  serve: ServeEvent,
): AsyncIterableIterator<ExecutionResult> {
  const { streamId } = watched;
  let isAnnounced = false;

  async function next(): Promise<ExecutionResult | null> {
    if (!isAnnounced) {
      isAnnounced = true;
      return markFrame({ opened: watched.positionOf(streamId) });
    }
    for (;;) {
      const { done, value: entry } = await watched.next();
      if (done) return null;
      const revoked = watched.revokedBy(entry);
      const facts = revoked.length > 0 ? { revoked } : {};
      if (entry.streamId === streamId) return serve(eventOf(entry), facts);
      if (revoked.length > 0)
        return markFrame({ position: watched.positionOf(streamId), ...facts });
    }
  }

  return iteratorOf<ExecutionResult>({
    async next() {
      const value = await next();
      return value ? { done: false, value } : DONE;
    },
    end: () => watched.return?.(),
  });
}
