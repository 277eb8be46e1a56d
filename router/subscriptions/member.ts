// One client's subscription on a feed. A control stream of its own authorizes the viewer and
// replays what the ring of the feed does not have; then frames of the feed are delivered by one
// position (the join rule). docs/guides/shared-streams.md draws the states.
import type { FormattedExecutionResult, GraphQLError } from "graphql";
import { fromFormatted } from "../errors/errors.ts";
import {
  isOutage,
  type UpstreamSink,
  type UpstreamSubscription,
} from "../upstream/subscriptions.ts";
import { type Checkpoint, readControlFrame } from "./control-frames.ts";
import { type FeedMember, RING_SIZE, type SharedFeed, type SharedFrame } from "./feed.ts";
import { encoded } from "./messages.ts";
import { createRetries, type Retries } from "./retries.ts";
import {
  type ClientSink,
  createSendQueue,
  discard,
  drop,
  end,
  type Payload,
  push,
  type QueueOwner,
  type SendQueue,
  type StreamOptions,
  tooSlow,
  unreadable,
} from "./send-queue.ts";

export interface MemberOptions extends StreamOptions {
  /** Null for a client that is not signed in. */
  readonly viewerId: string | null;
  /** The `after` of the client; undefined where only the first checkpoint tells the position. */
  readonly position?: unknown;
  /** Opens a control stream behind this position; without one, at the client's position. */
  openControl(position: number | undefined, sink: UpstreamSink): UpstreamSubscription;
  /** The feed for this share key; where there is none, a new one behind this position. */
  feedOf(shareKey: string, position: number): SharedFeed;
  /** Opens the subscription as an ordinary stream; returns how to cancel it. */
  openOrdinary(sink: ClientSink): () => void;
}

/** How long a feed may take to bring the last entry that a revoked viewer may have. */
const LEAVE_MS_MAX = 5_000;

/** Opens the subscription for `sink`; returns how to cancel it. */
export function openMember(options: MemberOptions, sink: ClientSink): () => void {
  const member = new Member(options, sink);
  return () => member.cancel();
}

// A class for the reason that `SocketWriter` is one.
class Member implements FeedMember, QueueOwner {
  // Fields that every frame reads come first.
  private state: "authorizing" | "joining" | "replaying" | "live" | "leaving" | "over" =
    "authorizing";
  /** Of the last event that was delivered, or behind which the client began. */
  private position: number | undefined;
  /** Of the last event that a revoked viewer may have. */
  private lastPosition: number | undefined;
  readonly options: MemberOptions;
  private readonly queue: SendQueue;
  private readonly retries: Retries;
  /** The head of the stream at authorization: no entry up to there revokes the viewer. */
  private head = 0;
  private leaveTimer: NodeJS.Timeout | undefined;
  private control: UpstreamSubscription | null = null;
  private feed: SharedFeed | null = null;
  readonly cancelWhenOver: () => void;
  private cancelOrdinary: (() => void) | null = null;

  constructor(options: MemberOptions, sink: ClientSink) {
    this.options = options;
    this.queue = createSendQueue(sink, this);
    this.retries = createRetries("member", () => this.authorize());
    this.cancelWhenOver = options.whenOver((reason) => drop(this.queue, [reason]));
    this.authorize();
  }

  cancel(): void {
    this.cancelOrdinary?.();
    drop(this.queue, null);
  }

  close(): void {
    this.state = "over";
    clearTimeout(this.leaveTimer);
    this.retries.stop();
    this.control?.cancel();
    this.feed?.leave(this);
    this.options.onEnd();
  }

  /** Opens a control stream behind the position, in place of the one before. */
  private authorize(): void {
    this.state = "authorizing";
    this.retries.stop();
    this.control?.cancel();
    const control = this.options.openControl(this.position, {
      event: (event) => {
        if (this.control === control) this.onControlFrame(event, control);
      },
      end: (errors) => {
        if (this.control === control) this.onControlEnd(errors && fromFormatted(errors));
      },
    });
    this.control = control;
  }

  private onControlFrame(event: FormattedExecutionResult, control: UpstreamSubscription): void {
    const frame = readControlFrame(event);
    if (!frame) drop(this.queue, fromFormatted(event.errors ?? [unreadable().toJSON()]));
    else if (!("position" in frame)) this.continueOrdinary();
    else if ("previous" in frame) this.onReplayed(frame.position, event, control);
    else if ("last" in frame) this.onRevoked(frame.position);
    else this.onCheckpoint(frame, control);
  }

  private onReplayed(
    position: number,
    event: FormattedExecutionResult,
    control: UpstreamSubscription,
  ): void {
    if (this.position !== undefined && position <= this.position) control.consumed();
    else {
      this.retries.reset();
      const make = () => this.options.complete(event, null).then(encoded);
      this.deliver(position, make, false, () => control.consumed());
    }
  }

  private onCheckpoint(checkpoint: Checkpoint, control: UpstreamSubscription): void {
    const { position, head, shareKey, more } = checkpoint;
    this.position ??= position;
    if (head !== undefined) {
      this.head = head;
      // A member that is far behind is replayed alone, and holds up nobody else.
      const isFar = head - this.position > RING_SIZE;
      this.join(this.options.feedOf(shareKey, isFar ? head : this.position));
    } else if (more) control.consumed(true);
    else if (!this.followFeed()) this.authorize();
  }

  private join(feed: SharedFeed): void {
    this.state = "joining";
    if (this.feed !== feed) {
      feed.join(this);
      this.feed?.leave(this);
      this.feed = feed;
    }
    if (feed.isOpen) this.followOrReplay();
  }

  /** The feed is open: answers the first checkpoint by what the ring does not have. */
  private followOrReplay(): void {
    if (this.followFeed()) this.control?.joined();
    else {
      this.state = "replaying";
      this.control?.consumed(true);
    }
  }

  /** Continues with the feed; false where its ring does not reach back to the position. */
  private followFeed(): boolean {
    const frames = this.feed?.framesAfter(this.position ?? 0);
    if (!frames) return false;
    this.state = "live";
    this.retries.reset();
    for (const frame of frames) this.receiveFrame(frame, false);
    return true;
  }

  receive(frames: readonly SharedFrame[]): void {
    let left = frames.length;
    for (const frame of frames) {
      left -= 1;
      this.receiveFrame(frame, left === 0);
    }
  }

  private receiveFrame(frame: SharedFrame, isLastOfTurn: boolean): void {
    const { position, previous, revoked, payload } = frame;
    const { state, options } = this;
    if ((state !== "live" && state !== "leaving") || this.position === undefined) return;
    const isRevoked =
      revoked.length > 0 && options.viewerId !== null && revoked.includes(options.viewerId);
    if (payload === null) {
      // The viewer may be back since: the subgraph decides, and gives the reason if not.
      if (isRevoked && state === "live") this.authorize();
    } else if (position > this.position) {
      if (previous !== this.position) this.fillGap();
      else {
        if (isRevoked && position > this.head) this.lastPosition = position;
        this.deliver(position, payload, isLastOfTurn);
      }
    }
  }

  opened(position: number): void {
    if (this.state === "joining") this.followOrReplay();
    else if (this.state === "live" || this.state === "leaving") {
      // Entries between are in no frame of the feed.
      if (position > (this.position ?? position)) this.fillGap();
    }
  }

  lost(errors: readonly GraphQLError[]): void {
    drop(this.queue, errors);
  }

  /** Only a replay has the missing entries, and a revoked viewer gets none. */
  private fillGap(): void {
    if (this.state === "leaving") end(this.queue, [unreadable()]);
    else this.authorize();
  }

  /** The viewer is revoked. The feed brings the events up to `position`, the last they may have. */
  private onRevoked(position: number): void {
    if (this.position === undefined || this.position >= position) end(this.queue, null);
    else {
      this.state = "leaving";
      this.lastPosition = position;
      this.leaveTimer = setTimeout(() => this.fillGap(), LEAVE_MS_MAX);
    }
  }

  private onControlEnd(errors: readonly GraphQLError[] | null): void {
    this.control = null;
    if (this.state === "leaving") return;
    const isKnown = (this.position ?? this.options.position ?? null) !== null;
    if (errors && isOutage(errors) && isKnown && this.retries.again()) return;
    if (errors) drop(this.queue, errors);
    else end(this.queue, null);
  }

  /** The subgraph does not share this subscription, and has sent nothing of it yet. */
  private continueOrdinary(): void {
    discard(this.queue);
    this.cancelOrdinary = this.options.openOrdinary(this.queue.sink);
  }

  private deliver(position: number, payload: Payload, isLast: boolean, onSent?: () => void): void {
    this.position = position;
    if (!push(this.queue, payload, isLast, onSent)) end(this.queue, [tooSlow()]);
    else if (position >= (this.lastPosition ?? Number.POSITIVE_INFINITY)) end(this.queue, null);
  }
}
