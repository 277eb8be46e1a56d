// The feed of a shared subscription: each event once for all viewers, with the viewers that it
// revokes. It authorizes nobody, and replays only behind the position at which it was opened.
import type { ExecutionResult } from "graphql";
import { freshTrace } from "#kit/live/event-traces";
import { DONE, iteratorOf } from "#kit/live/iterators";
import {
  awaitPage,
  type BeginPage,
  type ExecuteEvent,
  frameWithoutEvent,
} from "#kit/live/shared/pages";
import type { Shareable } from "#kit/live/shared/sharing";
import type { Entry } from "#kit/live/streams";

/**
 * The frames of a feed: first the position at which it opened, then events. An event has the
 * viewers that it revokes, and `rewrites` when it changes earlier ones. An entry of another stream
 * that revokes viewers is a frame without an event, and so is one that viewers do not see alike.
 */
export function feedFrames(
  { watched, eventOf }: Shareable,
  beginPage: BeginPage,
): AsyncIterableIterator<ExecutionResult> {
  const { streamId } = watched;
  let position = watched.entries.positionOf(streamId);
  let hasOpened = false;
  let frames: Promise<ExecutionResult>[] = [];
  let isOver = false;

  /** Null for an entry of another stream that revokes nobody. */
  function frameOf(entry: Entry, executeEvent: ExecuteEvent): Promise<ExecutionResult> | null {
    const revoked = watched.revokedBy(entry);
    const facts = revoked.length > 0 ? { revoked } : {};
    if (entry.streamId === streamId) {
      position = entry.seq;
      // As if the feed opened behind it: members see that they miss an entry, and have it replayed.
      if (!watched.isAlike(entry)) return Promise.resolve(frameWithoutEvent({ opened: position }));
      const rewrites = watched.rewrites(entry);
      const stored = { ...facts, storedAt: entry.createdAt.getTime() };
      const all = rewrites ? { ...stored, rewrites } : stored;
      return executeEvent(eventOf(entry), all, freshTrace(entry));
    }
    return revoked.length > 0 ? Promise.resolve(frameWithoutEvent({ position, ...facts })) : null;
  }

  async function readPage(): Promise<void> {
    const page = await awaitPage(watched.entries);
    isOver = page.isOver;
    const executeEvent = beginPage();
    frames = page.entries.flatMap((entry) => frameOf(entry, executeEvent) ?? []);
  }

  return iteratorOf<ExecutionResult>({
    async next() {
      if (!hasOpened) {
        hasOpened = true;
        return { done: false, value: frameWithoutEvent({ opened: position }) };
      }
      while (frames.length === 0 && !isOver) await readPage();
      const frame = frames.shift();
      return frame ? { done: false, value: await frame } : DONE;
    },
    end: () => watched.entries.return(),
  });
}
