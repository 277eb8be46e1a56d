// The router's one upstream subscription for a shared subscription: each event is completed once,
// made JSON once, and broadcast to all members. It opens itself again where it broke. It authorizes
// nobody: members do that by control streams of their own.
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from "graphql";
import { z } from "zod";
import type { Span } from "#kit/telemetry/spans";
import { fromFormatted } from "../errors/errors.ts";
import { beginFrame, endFrame } from "../telemetry/frame-traces.ts";
import { type ObservedStream, observeDelivery, watchFeed } from "../telemetry/stream-metrics.ts";
import {
  isOutage,
  type UpstreamSink,
  type UpstreamSubscription,
} from "../upstream/subscriptions.ts";
import { encoded } from "./messages.ts";
import { createRetries, type Retries } from "./retries.ts";
import { unreadable } from "./send-queue.ts";

/** An event of a feed, or a revocation without one. */
export interface SharedFrame {
  readonly position: number;
  readonly previous: number;
  /** Viewers who may see nothing behind it, unless they were authorized since. */
  readonly revoked: readonly string[];
  /** The answer to all members, in JSON; null where there is no event. */
  readonly payload: Buffer | null;
  /** When its entry was stored, in ms since the epoch. */
  readonly storedAt?: number | undefined;
}

export interface FeedMember {
  /** Takes the frames of one flush. */
  receive(frames: readonly SharedFrame[]): void;
  /** The feed goes on behind this position; entries before it that were no frames are missing. */
  opened(position: number): void;
  /** The feed has ended for all its members. */
  lost(errors: readonly GraphQLError[]): void;
}

export interface SharedFeed {
  /** False until it is open for the first time. */
  readonly isOpen: boolean;
  /** Frames of the ring behind a position; null where the ring does not reach back to it. */
  framesAfter(position: number): readonly SharedFrame[] | null;
  join(member: FeedMember): void;
  /** When the last member leaves, the feed is closed at the end of this turn. */
  leave(member: FeedMember): void;
}

export interface FeedOptions {
  /** Opens the upstream subscription behind a position. */
  open(position: number, sink: UpstreamSink): UpstreamSubscription;
  /** Behind which it is opened first. */
  readonly position: number;
  /** The field that it subscribes to. */
  readonly subscription: string;
  /** Completes an event for all members. Never rejects. */
  complete(event: FormattedExecutionResult, span: Span | null): Promise<ExecutionResult>;
  /** Runs once, when the feed is closed. */
  onEnd(): void;
}

interface RingFrame {
  readonly frame: SharedFrame;
  /** When it was queued, by `performance.now()`. */
  readonly at: number;
}

interface Feed extends FeedOptions, ObservedStream {
  readonly members: Set<FeedMember>;
  readonly retries: Retries;
  ring: RingFrame[];
  /** Frames for the next flush: at the end of this turn, or of a pause. */
  queue: SharedFrame[];
  /** Of the frames of the next flush that are sampled. */
  spans: Span[];
  /** By `performance.now()`. */
  pausedUntil: number;
  position: number;
  isOpen: boolean;
  source: UpstreamSubscription | null;
  /** Resolves when all frames so far are queued: frames keep their order, however slow they are. */
  queued: Promise<void>;
  isOver: boolean;
  /** Ends the observation of its members. */
  readonly unwatch: () => void;
}

/**
 * After a broadcast a feed pauses for as long as that took, times the frames that it had: frames
 * that come meanwhile are written together, and other feeds run. Both are bounded.
 */
const PAUSE_FACTOR_MAX = 4;
const PAUSE_MS_MAX = 50;
/** Flush at once at this many. */
const QUEUE_MAX = 64;
/** Frames kept for members that join, or come back. */
export const RING_SIZE = 128;
/** Older frames may show outdated data, such as a name: not every change is in the log. */
const RING_AGE_MS_MAX = 60_000;

const frameShape = z.union([
  z.object({
    position: z.number(),
    previous: z.number().optional(),
    revoked: z.array(z.string()).default([]),
    rewrites: z.boolean().default(false),
    storedAt: z.number().optional(),
  }),
  z.object({ opened: z.number() }),
]);

/** Opens a feed at once. */
export function openFeed(options: FeedOptions): SharedFeed {
  const feed: Feed = {
    ...options,
    openedAt: Date.now(),
    members: new Set(),
    retries: createRetries("feed", () => openSource(feed)),
    ring: [],
    queue: [],
    spans: [],
    pausedUntil: 0,
    isOpen: false,
    source: null,
    queued: Promise.resolve(),
    isOver: false,
    unwatch: watchFeed({ memberCount: () => feed.members.size }),
  };
  openSource(feed);
  return {
    get isOpen() {
      return feed.isOpen;
    },
    framesAfter: (position) => framesAfter(feed, position),
    join: (member) => feed.members.add(member),
    leave(member) {
      feed.members.delete(member);
      if (feed.members.size > 0) return;
      setImmediate(() => {
        if (feed.members.size === 0) close(feed);
      });
    },
  };
}

function openSource(feed: Feed): void {
  const source: UpstreamSubscription = feed.open(feed.position, {
    event: (event) => receive(feed, event, source),
    end(given) {
      const errors = given ?? [unreadable().toJSON()];
      if (!isOutage(errors) || !feed.retries.again()) lose(feed, fromFormatted(errors));
    },
  });
  feed.source = source;
}

function receive(feed: Feed, event: FormattedExecutionResult, source: UpstreamSubscription): void {
  const { data: live } = frameShape.safeParse(event.extensions?.live);
  if (!live) {
    lose(feed, event.errors ? fromFormatted(event.errors) : [unreadable()]);
    return;
  }
  const isEvent = "previous" in live && live.previous !== undefined;
  if (isEvent) feed.retries.reset();
  const span = isEvent ? beginFrame(event) : null;
  const ready = isEvent ? feed.complete(event, span).then(encoded) : null;
  feed.queued = feed.queued.then(async () => {
    const payload = await ready;
    if (feed.isOver) return;
    if ("opened" in live) opened(feed, live.opened);
    else {
      // Frames before this one show what it has taken back.
      if (live.rewrites) feed.ring = [];
      const { position, previous = position, revoked, storedAt } = live;
      if (span) feed.spans.push(span);
      enqueue(feed, { position, previous, revoked, payload, storedAt });
    }
    source.consumed();
  });
}

function opened(feed: Feed, position: number): void {
  flush(feed);
  feed.isOpen = true;
  // Entries between are in no frame.
  if (position > feed.position) feed.ring = [];
  feed.position = Math.max(position, feed.position);
  for (const member of feed.members) member.opened(position);
}

function enqueue(feed: Feed, frame: SharedFrame): void {
  if (frame.payload !== null) {
    // It was being completed when the source broke, and came again.
    if (frame.position <= feed.position) return;
    feed.position = frame.position;
    feed.ring.push({ frame, at: performance.now() });
    if (feed.ring.length > RING_SIZE) feed.ring.shift();
  }
  const count = feed.queue.push(frame);
  if (count === QUEUE_MAX) flush(feed);
  if (count > 1) return;
  const pauseMs = feed.pausedUntil - performance.now();
  if (pauseMs >= 1) setTimeout(() => flush(feed), pauseMs);
  else setImmediate(() => flush(feed));
}

/** Broadcasts member by member, so that each is visited once for all queued frames. */
function flush(feed: Feed): void {
  const frames = feed.queue;
  if (frames.length === 0) return;
  feed.queue = [];
  const startedAt = performance.now();
  for (const member of feed.members) member.receive(frames);
  if (feed.spans.length > 0) {
    for (const span of feed.spans.splice(0)) endFrame(span, feed.members.size);
  }
  const endedAt = performance.now();
  for (const { storedAt } of frames) observeDelivery(feed, storedAt);
  const pauseMs = Math.min(frames.length, PAUSE_FACTOR_MAX) * (endedAt - startedAt);
  feed.pausedUntil = endedAt + Math.min(pauseMs, PAUSE_MS_MAX);
}

function framesAfter({ ring, position: end }: Feed, position: number): SharedFrame[] | null {
  if (position >= end) return [];
  const from = ring.findIndex(({ frame }) => frame.previous === position);
  const first = ring[from];
  if (!first || performance.now() - first.at > RING_AGE_MS_MAX) return null;
  return ring.slice(from).map(({ frame }) => frame);
}

function close(feed: Feed): void {
  if (feed.isOver) return;
  feed.isOver = true;
  feed.retries.stop();
  feed.source?.cancel();
  feed.unwatch();
  feed.onEnd();
}

function lose(feed: Feed, errors: readonly GraphQLError[]): void {
  flush(feed);
  close(feed);
  for (const member of feed.members) member.lost(errors);
}
