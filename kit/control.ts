// The control stream of one viewer of a shared stream: it admits them, replays what lies behind
// their position in pages, and from then on says nothing until they are out. It executes no live
// event: those come by the feed.
import type { ExecutionResult } from "graphql";
import { DONE, iteratorOf } from "#kit/iterators";
import type { Entry } from "#kit/logs";
import type { Shareable } from "#kit/sharing";

/** Executes one event for its reader, and says where it stands. */
export type ServeEvent = (
  event: unknown,
  facts?: Readonly<Record<string, unknown>>,
) => Promise<ExecutionResult>;

type Given = IteratorResult<ExecutionResult, undefined>;

/** Events between two marks; the receiver's window holds them back, not this. */
const PAGE_SIZE = 50;

/** A frame that holds no event. */
export function markFrame(live: Readonly<Record<string, unknown>>): ExecutionResult {
  return { data: null, extensions: { live } };
}

/** What a control stream sends when there is nothing to share: the mark that says so. */
export function unshared(): AsyncIterableIterator<ExecutionResult> {
  const frames = [markFrame({ shareKey: null })].values();
  return iteratorOf({ next: async () => frames.next(), end: () => undefined });
}

function given(value: ExecutionResult): Given {
  return { done: false, value };
}

/**
 * The frames of a control stream: a mark, pages of events each with a mark behind it, and when the
 * viewer is put out a last mark. Behind the first mark it waits until that is taken (`settled`), so
 * that a receiver can open the feed meanwhile and then is told of all that came before.
 */
export function controlFrames(
  { watched, eventOf }: Shareable,
  serve: ServeEvent,
  settled: () => Promise<void>,
): AsyncIterableIterator<ExecutionResult> {
  const { shareKey, streamId } = watched;
  let position = watched.positionOf(streamId);
  /** Events until the next mark. */
  let left = PAGE_SIZE;
  let state: "admitted" | "awaiting" | "replaying" | "silent" | "over" = "admitted";

  function mark(): ExecutionResult {
    const more = watched.isBehind();
    left = PAGE_SIZE;
    if (!more) state = "silent";
    return markFrame({ position, shareKey, more });
  }

  async function advance(stops: (entry: Entry) => boolean) {
    const result = await watched.nextWhere(stops);
    if (!result.done) position = result.value.seq;
    return result;
  }

  const isOver = () => state === "over";

  /** The viewer is out: what was advanced to last is the last that they may have. */
  function lastMark(): Given {
    if (state === "over") return DONE;
    state = "over";
    return given(markFrame({ position, last: true }));
  }

  return iteratorOf({
    async next(): Promise<Given> {
      if (state === "over") return DONE;
      if (state === "admitted") {
        state = "awaiting";
        return given(markFrame({ position, shareKey, more: true }));
      }
      if (state === "awaiting") {
        await settled();
        if (isOver()) return DONE;
        state = "replaying";
      }
      if (state === "replaying") {
        if (left === 0 || !watched.isBehind()) return given(mark());
        left -= 1;
        const { done, value } = await advance(() => true);
        return done ? lastMark() : given(await serve(eventOf(value)));
      }
      while (!(await advance(() => false)).done);
      return lastMark();
    },
    end() {
      state = "over";
      return watched.return?.();
    },
  });
}
