// Streams followed as one: begun together by one statement, read in rounds, each in its own order.
// Streams come and go while it is read. It decides neither which nor for whom.

import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import { Cursor } from "#kit/live/cursor";
import { type Follower, type Matches, Reader } from "#kit/live/reader";
import { RoundRobin } from "#kit/live/round-robin";
import type { Entry } from "#kit/live/streams";
import { advance, type SharedTail, type Tails } from "#kit/live/tails";

/** Where reading of a stream begins. */
export interface Start {
  readonly streamId: string;
  /** Continue behind this seq; `undefined` or null starts with what comes next. */
  readonly after?: number | null | undefined;
}

/** Entries as they are pulled, and how far that is. */
export interface LiveEntries extends Pick<Reader<Entry>, "next" | "nextMatching" | "return"> {
  [Symbol.asyncIterator](): AsyncIterableIterator<Entry>;
  /** True while a stream is known to hold more, or to be over: who takes does not wait. */
  isBehind(): boolean;
  /** The seq of the entry of a stream that was given last, or behind which it began. */
  positionOf(streamId: string): number;
  /** The greatest seq of a stream that is known to be committed. */
  headOf(streamId: string): number;
  /** Passes over what a stream has up to a seq, unread. */
  skipTo(streamId: string, seq: number): void;
}

interface MergedOptions {
  readonly tails: Tails;
  readonly heads: Heads;
  /** True for the entry with which all ends; that ends before one for which this throws. */
  readonly isLast?: ((entry: Entry) => boolean) | undefined;
  /** Called once, however it ends. */
  onEnd(): void;
}

type Heads = (streamIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** A reader of no stream yet. */
export class MergedReader extends Reader<Entry> implements LiveEntries {
  private readonly rounds = new RoundRobin();
  private readonly places = new Map<string, FollowedStream>();
  private readonly options: MergedOptions;
  private isOver = false;

  constructor(options: MergedOptions) {
    super();
    this.options = options;
  }

  /**
   * Adds streams; those that are followed already stay where they are. `RESYNC_REQUIRED`, and none
   * of them is added, when an `after` lies beyond its stream's end.
   */
  async follow(starts: readonly Start[]): Promise<void> {
    if (this.isEnded) return;
    const entered = starts.flatMap((start) =>
      this.places.has(start.streamId) ? [] : [this.enter(start)],
    );
    try {
      await begin(entered, this.options.heads);
    } catch (error) {
      for (const { streamId } of entered) this.unfollow(streamId);
      throw error;
    }
  }

  /** Takes a stream away: nothing more of it is given. */
  unfollow(streamId: string): void {
    const place = this.places.get(streamId);
    if (!place) return;
    this.places.delete(streamId);
    this.rounds.remove(place.cursor);
    this.options.tails.release(streamId, place);
  }

  override nextMatching(stops: Matches<Entry>): Promise<IteratorResult<Entry, undefined>> {
    const { isLast } = this.options;
    if (!isLast) return super.nextMatching(stops);
    if (this.isOver) return this.return();
    return super.nextMatching((entry) => {
      this.isOver = isLast(entry);
      return this.isOver || stops(entry);
    });
  }

  isBehind(): boolean {
    // What is left behind the last entry is the end.
    return this.isOver || this.rounds.isBehind();
  }

  positionOf(streamId: string): number {
    return this.placeOf(streamId).cursor.position();
  }

  headOf(streamId: string): number {
    return this.placeOf(streamId).tail.head;
  }

  skipTo(streamId: string, seq: number): void {
    const { cursor } = this.placeOf(streamId);
    if (seq > cursor.position()) cursor.start(seq);
  }

  /** Says that there may be more at a place. */
  wakeAt({ cursor }: FollowedStream): void {
    this.rounds.wake(cursor);
    this.wake();
  }

  protected take(): Promise<Entry | undefined> {
    return this.rounds.take();
  }

  protected takeAtHand(): Entry | undefined {
    return this.rounds.takeFromRing();
  }

  protected onEnd(): void {
    for (const streamId of this.places.keys()) this.unfollow(streamId);
    this.options.onEnd();
  }

  private enter(start: Start): FollowedStream {
    const { streamId } = start;
    const place = new FollowedStream(this, start, this.options.tails.acquire(streamId));
    const { tail } = place;
    tail.followers.add(place);
    this.rounds.add(place.cursor);
    this.places.set(streamId, place);
    return place;
  }

  private placeOf(streamId: string): FollowedStream {
    const place = this.places.get(streamId);
    invariant(place, "a stream that is not followed has no position", { streamId });
    return place;
  }
}

/** Where a reader is in one of its streams. */
class FollowedStream implements Follower {
  readonly streamId: string;
  readonly after: Start["after"];
  readonly tail: SharedTail;
  readonly cursor: Cursor;
  private readonly reader: MergedReader;

  constructor(reader: MergedReader, { streamId, after }: Start, tail: SharedTail) {
    this.reader = reader;
    this.streamId = streamId;
    this.after = after;
    this.tail = tail;
    this.cursor = new Cursor(tail);
  }

  wake(): void {
    this.reader.wakeAt(this);
  }

  end(error: Error | null): void {
    this.reader.end(error);
  }
}

/**
 * Listens first, then reads the heads, of all in one statement: what is committed in between is
 * heard, or is below the head.
 */
async function begin(places: readonly FollowedStream[], headsOf: Heads): Promise<void> {
  if (places.length === 0) return;
  await Promise.all(places.map(({ tail }) => tail.acknowledged));
  const heads = await headsOf(places.map(({ streamId }) => streamId));
  const headOf = ({ streamId }: FollowedStream) => heads.get(streamId) ?? 0;
  for (const place of places) {
    const { streamId, after } = place;
    const head = headOf(place);
    if (after !== undefined && after !== null && after > head) {
      throw beyondTheEnd(streamId, after, head);
    }
  }
  for (const place of places) {
    const { after, cursor, tail } = place;
    const head = headOf(place);
    cursor.start(after ?? head);
    advance(tail, head);
    place.wake();
  }
}

/** The refusal of a position that its stream has not reached. */
export function beyondTheEnd(streamId: string, after: number, head: number) {
  const message = `The stream ends at ${head}, before ${after}: read it again.`;
  return fail("RESYNC_REQUIRED", message, { streamId, head });
}
