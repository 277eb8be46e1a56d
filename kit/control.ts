// The control stream of one viewer of a shared stream: it admits them, replays what lies behind
// their position in pages, unless their receiver has that from elsewhere, and from then on says
// nothing until they are out. It executes no live event: those come by the feed.
import type { ExecutionResult } from "graphql";
import { DONE, iteratorOf } from "#kit/iterators";
import { markFrame, type ServePage, takePage } from "#kit/pages";
import type { Shareable } from "#kit/sharing";

type Given = IteratorResult<ExecutionResult, undefined>;

/** What a control stream sends when there is nothing to share: the mark that says so. */
export function unshared(): AsyncIterableIterator<ExecutionResult> {
  const frames = [markFrame({ shareKey: null })].values();
  return iteratorOf({ next: async () => frames.next(), end: () => undefined });
}

function given(value: ExecutionResult): Given {
  return { done: false, value };
}

interface Control extends Shareable {
  readonly servePage: ServePage;
  /** How the receiver answers the first mark. */
  readonly settled: () => Promise<"taken" | "joined">;
  state: "admitted" | "awaiting" | "replaying" | "silent" | "over";
  position: number;
  page: Promise<ExecutionResult>[];
  isMarkDue: boolean;
  /** The viewer is out: what was read last is the last that they may have. */
  isOut: boolean;
}

/**
 * The frames of a control stream: a mark, pages of events each with a mark behind it, and when the
 * viewer is put out a last mark. Behind the first mark it waits for an answer (`settled`), so that
 * a receiver can open the feed meanwhile and then is told of all that came before, or of nothing.
 */
export function controlFrames(
  shareable: Shareable,
  servePage: ServePage,
  settled: Control["settled"],
): AsyncIterableIterator<ExecutionResult> {
  const { watched } = shareable;
  const control: Control = {
    ...shareable,
    servePage,
    settled,
    state: "admitted",
    position: watched.positionOf(watched.streamId),
    page: [],
    isMarkDue: false,
    isOut: false,
  };
  return iteratorOf({
    next: () => next(control),
    end() {
      control.state = "over";
      return watched.return?.();
    },
  });
}

async function next(control: Control): Promise<Given> {
  const { watched, position } = control;
  if (control.state === "admitted") {
    control.state = "awaiting";
    const { head, shareKey } = watched;
    return given(markFrame({ position, head, shareKey, more: true }));
  }
  if (control.state === "awaiting") await begin(control);
  if (control.state === "replaying") return replay(control);
  return control.state === "silent" ? keepSilent(control) : DONE;
}

async function begin(control: Control): Promise<void> {
  const answer = await control.settled();
  if (control.state === "over") return;
  control.state = answer === "joined" ? "silent" : "replaying";
  const { streamId, head, skipTo } = control.watched;
  if (answer === "taken" || head <= control.position) return;
  skipTo(streamId, head);
  control.position = head;
}

async function replay(control: Control): Promise<Given> {
  if (control.page.length === 0 && !control.isMarkDue) await readPage(control);
  const event = control.page.shift();
  if (event) return given(await event);
  return control.isOut ? lastMark(control) : mark(control);
}

async function readPage(control: Control): Promise<void> {
  const { entries, isOver } = await takePage(control.watched);
  const serve = control.servePage();
  control.page = entries.map((entry) => serve(control.eventOf(entry)));
  control.position = entries.at(-1)?.seq ?? control.position;
  control.isOut = isOver;
  control.isMarkDue = true;
}

function mark(control: Control): Given {
  const { watched, position } = control;
  const more = watched.isBehind();
  control.isMarkDue = false;
  if (!more) control.state = "silent";
  return given(markFrame({ position, shareKey: watched.shareKey, more }));
}

async function keepSilent(control: Control): Promise<Given> {
  for (;;) {
    const { done, value } = await control.watched.nextWhere(() => false);
    if (done) return lastMark(control);
    control.position = value.seq;
  }
}

function lastMark(control: Control): Given {
  if (control.state === "over") return DONE;
  control.state = "over";
  return given(markFrame({ position: control.position, last: true }));
}
