// The control stream of one viewer beside a feed: authorizes, replays in pages unless the receiver
// needs none, and is then silent until the viewer is revoked. It executes no live event: the feed
// has those.
import type { ExecutionResult } from "graphql";
import { DONE, iteratorOf } from "#kit/live/iterators";
import { type BeginPage, frameWithoutEvent, takePage } from "#kit/live/shared/pages";
import type { Shareable, WatchedStream } from "#kit/live/shared/sharing";
import type { Reply } from "#kit/live/windows";

type Frame = IteratorResult<ExecutionResult, undefined>;

/** Shared and never changed, so that a silent stream has no array of its own. */
const NONE: Promise<ExecutionResult>[] = [];

/** The only frame of a control stream for a subscription that is not shared. */
export function unshared(): AsyncIterableIterator<ExecutionResult> {
  const frames = [frameWithoutEvent({ shareKey: null })].values();
  return iteratorOf({ next: async () => frames.next(), end: () => undefined });
}

function frame(value: ExecutionResult): Frame {
  return { done: false, value };
}

/**
 * The frames of a control stream: a checkpoint, pages of events with a checkpoint behind each, and
 * a last checkpoint when the viewer is revoked. Behind the first checkpoint it waits for `reply`:
 * the receiver opens the feed meanwhile, so that replay and feed leave no gap.
 */
export function controlFrames(
  shareable: Shareable,
  beginPage: BeginPage,
  reply: () => Promise<Reply>,
): AsyncIterableIterator<ExecutionResult> {
  return iteratorOf(new Control(shareable, beginPage, reply));
}

const never = () => false;

// A class for the reason that `Cursor` is one.
class Control {
  private readonly watched: WatchedStream;
  private readonly eventOf: Shareable["eventOf"];
  private readonly beginPage: BeginPage;
  private readonly reply: () => Promise<Reply>;
  private state: "authorized" | "awaiting reply" | "replaying" | "silent" | "over" = "authorized";
  private position: number;
  private page: Promise<ExecutionResult>[] = NONE;
  private needsCheckpoint = false;
  /** The entry that was read last is the last that the viewer may have. */
  private isRevoked = false;

  constructor({ watched, eventOf }: Shareable, beginPage: BeginPage, reply: () => Promise<Reply>) {
    this.watched = watched;
    this.eventOf = eventOf;
    this.beginPage = beginPage;
    this.reply = reply;
    this.position = watched.entries.positionOf(watched.streamId);
  }

  // It waits in here for as long as the stream is open: one function more would cost each memory.
  async next(): Promise<Frame> {
    if (this.state === "authorized") return this.firstCheckpoint();
    if (this.state === "awaiting reply") await this.awaitReply();
    if (this.state === "replaying") return this.replay();
    while (this.state === "silent") {
      const { done, value } = await this.watched.entries.nextMatching(never);
      if (done) return this.lastCheckpoint();
      this.position = value.seq;
    }
    return DONE;
  }

  end(): Promise<unknown> {
    this.state = "over";
    return this.watched.entries.return();
  }

  private firstCheckpoint(): Frame {
    this.state = "awaiting reply";
    const { head, shareKey } = this.watched;
    return frame(frameWithoutEvent({ position: this.position, head, shareKey, more: true }));
  }

  private async awaitReply(): Promise<void> {
    const reply = await this.reply();
    if (this.state === "over") return;
    this.state = reply === "joined" ? "silent" : "replaying";
    const { entries, streamId, head } = this.watched;
    if (reply === "taken" || head <= this.position) return;
    entries.skipTo(streamId, head);
    this.position = head;
  }

  private async replay(): Promise<Frame> {
    if (this.page.length === 0 && !this.needsCheckpoint) await this.readPage();
    const event = this.page.shift();
    if (event) return frame(await event);
    return this.isRevoked ? this.lastCheckpoint() : this.checkpoint();
  }

  private async readPage(): Promise<void> {
    const { entries, isOver } = await takePage(this.watched.entries);
    const executeEvent = this.beginPage();
    this.page = entries.map((entry) => executeEvent(this.eventOf(entry)));
    this.position = entries.at(-1)?.seq ?? this.position;
    this.isRevoked = isOver;
    this.needsCheckpoint = true;
  }

  private checkpoint(): Frame {
    const { entries, shareKey } = this.watched;
    const more = entries.isBehind();
    this.needsCheckpoint = false;
    if (!more) this.state = "silent";
    return frame(frameWithoutEvent({ position: this.position, shareKey, more }));
  }

  private lastCheckpoint(): Frame {
    if (this.state === "over") return DONE;
    this.state = "over";
    return frame(frameWithoutEvent({ position: this.position, last: true }));
  }
}
