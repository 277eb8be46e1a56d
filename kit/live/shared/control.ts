// The control stream of one viewer of a shared stream: it admits them, replays what lies behind
// their position in pages, unless their receiver has that from elsewhere, and from then on says
// nothing until they are out. It executes no live event: those come by the feed.
import type { ExecutionResult } from "graphql";
import { DONE, iteratorOf } from "#kit/live/iterators";
import { type BeginPage, frameWithoutEvent, takePage } from "#kit/live/shared/pages";
import type { Shareable, WatchedStream } from "#kit/live/shared/sharing";

type Given = IteratorResult<ExecutionResult, undefined>;

/** No page yet; nothing is added to it. */
const NONE: Promise<ExecutionResult>[] = [];

/** What a control stream sends when there is nothing to share: the mark that says so. */
export function unshared(): AsyncIterableIterator<ExecutionResult> {
  const frames = [frameWithoutEvent({ shareKey: null })].values();
  return iteratorOf({ next: async () => frames.next(), end: () => undefined });
}

function given(value: ExecutionResult): Given {
  return { done: false, value };
}

/** How the receiver answers the first mark. */
type Settled = () => Promise<"taken" | "joined">;

/**
 * The frames of a control stream: a mark, pages of events each with a mark behind it, and when the
 * viewer is put out a last mark. Behind the first mark it waits for an answer (`settled`), so that
 * a receiver can open the feed meanwhile and then is told of all that came before, or of nothing.
 */
export function controlFrames(
  shareable: Shareable,
  servePage: BeginPage,
  settled: Settled,
): AsyncIterableIterator<ExecutionResult> {
  return iteratorOf(new Control(shareable, servePage, settled));
}

const never = () => false;

// A class for the reason that a cursor is one.
class Control {
  private readonly watched: WatchedStream;
  private readonly eventOf: Shareable["eventOf"];
  private readonly servePage: BeginPage;
  private readonly settled: Settled;
  private state: "admitted" | "awaiting" | "replaying" | "silent" | "over" = "admitted";
  private position: number;
  private page: Promise<ExecutionResult>[] = NONE;
  private isMarkDue = false;
  /** The viewer is out: what was read last is the last that they may have. */
  private isOut = false;

  constructor({ watched, eventOf }: Shareable, servePage: BeginPage, settled: Settled) {
    this.watched = watched;
    this.eventOf = eventOf;
    this.servePage = servePage;
    this.settled = settled;
    this.position = watched.entries.positionOf(watched.streamId);
  }

  // It waits here as long as the viewer is in: a function more in between is memory for each.
  async next(): Promise<Given> {
    if (this.state === "admitted") return this.admit();
    if (this.state === "awaiting") await this.begin();
    if (this.state === "replaying") return this.replay();
    while (this.state === "silent") {
      const { done, value } = await this.watched.entries.nextMatching(never);
      if (done) return this.lastMark();
      this.position = value.seq;
    }
    return DONE;
  }

  end(): Promise<unknown> {
    this.state = "over";
    return this.watched.entries.return();
  }

  private admit(): Given {
    this.state = "awaiting";
    const { head, shareKey } = this.watched;
    return given(frameWithoutEvent({ position: this.position, head, shareKey, more: true }));
  }

  private async begin(): Promise<void> {
    const answer = await this.settled();
    if (this.state === "over") return;
    this.state = answer === "joined" ? "silent" : "replaying";
    const { entries, streamId, head } = this.watched;
    if (answer === "taken" || head <= this.position) return;
    entries.skipTo(streamId, head);
    this.position = head;
  }

  private async replay(): Promise<Given> {
    if (this.page.length === 0 && !this.isMarkDue) await this.readPage();
    const event = this.page.shift();
    if (event) return given(await event);
    return this.isOut ? this.lastMark() : this.mark();
  }

  private async readPage(): Promise<void> {
    const { entries, isOver } = await takePage(this.watched.entries);
    const serve = this.servePage();
    this.page = entries.map((entry) => serve(this.eventOf(entry)));
    this.position = entries.at(-1)?.seq ?? this.position;
    this.isOut = isOver;
    this.isMarkDue = true;
  }

  private mark(): Given {
    const { entries, shareKey } = this.watched;
    const more = entries.isBehind();
    this.isMarkDue = false;
    if (!more) this.state = "silent";
    return given(frameWithoutEvent({ position: this.position, shareKey, more }));
  }

  private lastMark(): Given {
    if (this.state === "over") return DONE;
    this.state = "over";
    return given(frameWithoutEvent({ position: this.position, last: true }));
  }
}
