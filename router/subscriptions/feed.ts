// One shared stream: its events come once, are completed once and written once, and are told to all
// who joined. It opens itself again where it broke. Whom it may be told to is not decided here.
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from "graphql";
import { z } from "zod";
import { fromFormatted } from "../errors/errors.ts";
import {
  isOutage,
  type UpstreamSubscription as Source,
  type UpstreamSink,
} from "../upstream/subscriptions.ts";
import { encoded } from "./messages.ts";
import { createRetries, type Retries } from "./retries.ts";
import { unreadable } from "./send-queue.ts";

/** An event of a shared stream, or what puts somebody out without one. */
export interface SharedFrame {
  readonly position: number;
  readonly previous: number;
  /** Who may see nothing behind it, unless they were admitted since. */
  readonly revoked: readonly string[];
  /** The answer to all, in JSON; null where there is no event. */
  readonly payload: Buffer | null;
}

/** Somebody who joined. */
export interface FeedMember {
  /** What came in one turn. */
  receive(frames: readonly SharedFrame[]): void;
  /** The stream goes on behind this position: what came before and was not told is in the log. */
  opened(position: number): void;
  /** The stream is over for everybody. */
  lost(errors: readonly GraphQLError[]): void;
}

export interface SharedFeed {
  /** False until it is open for the first time. */
  readonly isOpen: boolean;
  /** The latest frames, from behind a position on; null where the log alone has all of them. */
  framesAfter(position: number): readonly SharedFrame[] | null;
  join(joined: FeedMember): void;
  /** With the last the source is closed, at the end of this turn. */
  leave(joined: FeedMember): void;
}

export interface FeedOptions {
  /** Opens the source behind a position. */
  open(position: number, sink: UpstreamSink): Source;
  /** Behind which it is opened first. */
  readonly position: number;
  /** Completes an event for all. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** Runs once, when nobody is left. */
  onEnd(): void;
}

interface Kept {
  readonly frame: SharedFrame;
  /** When it was told, by `performance.now()`. */
  readonly at: number;
}

interface State extends FeedOptions {
  readonly members: Set<FeedMember>;
  readonly retries: Retries;
  ring: Kept[];
  /** Told at the end of this turn, or of a rest. */
  due: SharedFrame[];
  /** By `performance.now()`. */
  restsUntil: number;
  position: number;
  isOpen: boolean;
  source: Source | null;
  /** Frames are told in their order, however long each takes to complete. */
  told: Promise<void>;
  isOver: boolean;
}

/**
 * A feed rests after it went to all its members, as often as long as that took as it had frames for
 * them: what comes meanwhile goes together next time, and other feeds have their turn.
 */
const RESTS_MAX = 4;
const REST_MS_MAX = 50;
/** So many do not wait. */
const DUE_MAX = 64;
/** Frames that are kept for who is admitted next. */
export const RING_SIZE = 128;
/** What they say may be out of date by then, although nothing has said so. */
const KEPT_MS = 60_000;

const liveShape = z.union([
  z.object({
    position: z.number(),
    previous: z.number().optional(),
    revoked: z.array(z.string()).default([]),
    rewrites: z.boolean().default(false),
  }),
  z.object({ opened: z.number() }),
]);

/** A feed that is opened at once. */
export function openFeed(options: FeedOptions): SharedFeed {
  const feed: State = {
    ...options,
    members: new Set(),
    retries: createRetries(() => begin(feed)),
    ring: [],
    due: [],
    restsUntil: 0,
    isOpen: false,
    source: null,
    told: Promise.resolve(),
    isOver: false,
  };
  begin(feed);
  return {
    get isOpen() {
      return feed.isOpen;
    },
    framesAfter: (position) => behind(feed, position),
    join: (joined) => feed.members.add(joined),
    leave(joined) {
      feed.members.delete(joined);
      if (feed.members.size > 0) return;
      setImmediate(() => {
        if (feed.members.size === 0) close(feed);
      });
    },
  };
}

function begin(feed: State): void {
  const source: Source = feed.open(feed.position, {
    event: (event) => hear(feed, event, source),
    end(given) {
      const errors = given ?? [unreadable().toJSON()];
      if (!isOutage(errors) || !feed.retries.again()) lose(feed, fromFormatted(errors));
    },
  });
  feed.source = source;
}

function hear(feed: State, event: FormattedExecutionResult, source: Source): void {
  const { data: live } = liveShape.safeParse(event.extensions?.live);
  if (!live) {
    lose(feed, event.errors ? fromFormatted(event.errors) : [unreadable()]);
    return;
  }
  const isEvent = "previous" in live && live.previous !== undefined;
  if (isEvent) feed.retries.reset();
  const ready = isEvent ? feed.complete(event).then(encoded) : null;
  feed.told = feed.told.then(async () => {
    const payload = await ready;
    if (feed.isOver) return;
    if ("opened" in live) opened(feed, live.opened);
    else {
      // What was said before is not told any more as it was.
      if (live.rewrites) feed.ring = [];
      const { position, previous = position, revoked } = live;
      tell(feed, { position, previous, revoked, payload });
    }
    source.consumed();
  });
}

function opened(feed: State, at: number): void {
  tellDue(feed);
  feed.isOpen = true;
  // What was missed meanwhile stands in no frame.
  if (at > feed.position) feed.ring = [];
  feed.position = Math.max(at, feed.position);
  for (const joined of feed.members) joined.opened(at);
}

function tell(feed: State, frame: SharedFrame): void {
  if (frame.payload !== null) {
    // It was under way when the source broke, and comes again.
    if (frame.position <= feed.position) return;
    feed.position = frame.position;
    feed.ring.push({ frame, at: performance.now() });
    if (feed.ring.length > RING_SIZE) feed.ring.shift();
  }
  const count = feed.due.push(frame);
  if (count === DUE_MAX) tellDue(feed);
  if (count > 1) return;
  const restMs = feed.restsUntil - performance.now();
  if (restMs >= 1) setTimeout(() => tellDue(feed), restMs);
  else setImmediate(() => tellDue(feed));
}

/** One member after the other, so that each is gone to once for all that came meanwhile. */
function tellDue(feed: State): void {
  const frames = feed.due;
  if (frames.length === 0) return;
  feed.due = [];
  const startedAt = performance.now();
  for (const joined of feed.members) joined.receive(frames);
  const endedAt = performance.now();
  const rests = Math.min(frames.length, RESTS_MAX) * (endedAt - startedAt);
  feed.restsUntil = endedAt + Math.min(rests, REST_MS_MAX);
}

function behind({ ring, position: end }: State, position: number): readonly SharedFrame[] | null {
  if (position >= end) return [];
  const from = ring.findIndex(({ frame }) => frame.previous === position);
  const first = ring[from];
  if (!first || performance.now() - first.at > KEPT_MS) return null;
  return ring.slice(from).map(({ frame }) => frame);
}

function close(feed: State): void {
  if (feed.isOver) return;
  feed.isOver = true;
  feed.retries.stop();
  feed.source?.cancel();
  feed.onEnd();
}

function lose(feed: State, errors: readonly GraphQLError[]): void {
  tellDue(feed);
  close(feed);
  for (const joined of feed.members) joined.lost(errors);
}
