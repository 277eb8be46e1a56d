// One shared stream: its events come once, are completed once and written once, and are told to all
// who joined. It opens itself again where it broke. Whom it may be told to is not decided here.
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from "graphql";
import { z } from "zod";
import { fromFormatted } from "../errors.ts";
import { isOutage, type Feed as Source, type UpstreamSink } from "../upstream/subscriptions.ts";
import { encoded } from "./messages.ts";
import { unreadable } from "./outlet.ts";
import { createRetries, type Retries } from "./retries.ts";

/** An event of a shared stream, or what puts somebody out without one. */
export interface SharedFrame {
  readonly position: number;
  readonly previous: number;
  /** Who may see nothing behind it. */
  readonly revoked: readonly string[];
  /** The answer to all, in JSON; null where there is no event. */
  readonly payload: Buffer | null;
}

/** Somebody who joined. */
export interface Joined {
  hear(frame: SharedFrame): void;
  /** The stream goes on behind this position: what came before and was not told is in the log. */
  opened(position: number): void;
  /** The stream is over for everybody. */
  lost(errors: readonly GraphQLError[]): void;
}

export interface SharedFeed {
  /** The latest frames, for who has just been admitted. */
  readonly ring: readonly SharedFrame[];
  /** Where the stream is; null until it is open. */
  readonly position: number | null;
  join(joined: Joined): void;
  /** With the last the source is closed, at the end of this turn. */
  leave(joined: Joined): void;
}

export interface FeedOptions {
  open(sink: UpstreamSink): Source;
  /** Completes an event for all. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** Runs once, when nobody is left. */
  onEnd(): void;
}

interface State extends Pick<FeedOptions, "open" | "complete" | "onEnd"> {
  readonly members: Set<Joined>;
  readonly retries: Retries;
  ring: SharedFrame[];
  position: number | null;
  source: Source | null;
  /** Frames are told in their order, however long each takes to complete. */
  told: Promise<void>;
  isOver: boolean;
}

const RING_SIZE = 128;

const liveShape = z.union([
  z.object({ opened: z.number() }),
  z.object({
    position: z.number(),
    previous: z.number().optional(),
    revoked: z.array(z.string()).default([]),
  }),
]);

/** A feed that is opened at once. */
export function openFeed(options: FeedOptions): SharedFeed {
  const feed: State = {
    ...options,
    members: new Set(),
    retries: createRetries(() => begin(feed)),
    ring: [],
    position: null,
    source: null,
    told: Promise.resolve(),
    isOver: false,
  };
  begin(feed);
  return {
    get ring() {
      return feed.ring;
    },
    get position() {
      return feed.position;
    },
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
  const source: Source = feed.open({
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
    else tell(feed, { ...live, previous: live.previous ?? live.position, payload });
    source.taken();
  });
}

function opened(feed: State, at: number): void {
  // What was missed meanwhile stands in no frame.
  if (feed.position !== null && at > feed.position) feed.ring = [];
  feed.position = Math.max(at, feed.position ?? at);
  for (const joined of feed.members) joined.opened(at);
}

function tell(feed: State, frame: SharedFrame): void {
  if (frame.payload !== null) {
    feed.position = frame.position;
    feed.ring.push(frame);
    if (feed.ring.length > RING_SIZE) feed.ring.shift();
  }
  for (const joined of feed.members) joined.hear(frame);
}

function close(feed: State): void {
  if (feed.isOver) return;
  feed.isOver = true;
  feed.retries.stop();
  feed.source?.cancel();
  feed.onEnd();
}

function lose(feed: State, errors: readonly GraphQLError[]): void {
  close(feed);
  for (const joined of feed.members) joined.lost(errors);
}
