// The feed of a shared stream: every event once, for everybody who was admitted, and with it whom
// it puts out. It admits nobody, and replays only what everybody lacks.
import type { ExecutionResult } from "graphql";
import { DONE, iteratorOf } from "#kit/live/iterators";
import { awaitPage, type BeginPage, frameWithoutEvent } from "#kit/live/shared/pages";
import type { Shareable } from "#kit/live/shared/sharing";
import type { Entry } from "#kit/live/streams";

/**
 * The frames of a feed: first the position behind which it begins, then events, each with those
 * whom it puts out, and whether it changes what those before it say. Who is put out by something
 * else is told in a frame of its own.
 */
export function feedFrames(
  { watched, eventOf }: Shareable,
  servePage: BeginPage,
): AsyncIterableIterator<ExecutionResult> {
  const { streamId } = watched;
  let position = watched.entries.positionOf(streamId);
  let isAnnounced = false;
  let frames: Promise<ExecutionResult>[] = [];
  let isOver = false;

  /** Null for what nobody need hear. */
  function frameOf(entry: Entry, serve: ReturnType<BeginPage>): Promise<ExecutionResult> | null {
    const revoked = watched.revokedBy(entry);
    const facts = revoked.length > 0 ? { revoked } : {};
    if (entry.streamId === streamId) {
      position = entry.seq;
      return serve(eventOf(entry), watched.rewrites(entry) ? { ...facts, rewrites: true } : facts);
    }
    return revoked.length > 0 ? Promise.resolve(frameWithoutEvent({ position, ...facts })) : null;
  }

  async function readPage(): Promise<void> {
    const page = await awaitPage(watched.entries);
    isOver = page.isOver;
    const serve = servePage();
    frames = page.entries.flatMap((entry) => frameOf(entry, serve) ?? []);
  }

  return iteratorOf<ExecutionResult>({
    async next() {
      if (!isAnnounced) {
        isAnnounced = true;
        return { done: false, value: frameWithoutEvent({ opened: position }) };
      }
      while (frames.length === 0 && !isOver) await readPage();
      const frame = frames.shift();
      return frame ? { done: false, value: await frame } : DONE;
    },
    end: () => watched.entries.return(),
  });
}
