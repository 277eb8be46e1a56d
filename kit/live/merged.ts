// Many streams read as one: followed together by one statement, read round-robin, each in its own
// order. Streams can be added and removed while it is read; its caller decides which.

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
  /** The position to continue behind; `undefined` or null begins at the head. */
  readonly after?: number | null | undefined;
}

/** Entries as they are pulled, and the positions reached. */
export interface LiveEntries extends Pick<Reader<Entry>, "next" | "nextMatching" | "return"> {
  [Symbol.asyncIterator](): AsyncIterableIterator<Entry>;
  /** True while a stream is known to have more, or to be over: `next` does not wait. */
  isBehind(): boolean;
  /** The seq of the last entry given of a stream, or behind which it began. */
  positionOf(streamId: string): number;
  /** The greatest seq of a stream that is known to be committed. */
  headOf(streamId: string): number;
  /** Skips the entries of a stream up to a seq, unread. */
  skipTo(streamId: string, seq: number): void;
}

interface MergedOptions {
  readonly tails: Tails;
  readonly heads: Heads;
  /** True for the entry after which the reader ends. It ends before one for which this throws. */
  readonly isLast?: ((entry: Entry) => boolean) | undefined;
  /** Called once, however it ends. */
  onEnd(): void;
}

type Heads = (streamIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** Follows no stream at first. */
export class MergedReader extends Reader<Entry> implements LiveEntries {
  private readonly cursors = new RoundRobin();
  private readonly followed = new Map<string, FollowedStream>();
  private readonly options: MergedOptions;
  private isOver = false;

  constructor(options: MergedOptions) {
    super();
    this.options = options;
  }

  /**
   * Adds streams; those followed already keep their position. `RESYNC_REQUIRED`, and none of them
   * is added, when an `after` lies beyond the head of its stream.
   */
  async follow(starts: readonly Start[]): Promise<void> {
    if (this.isEnded) return;
    const added = starts.flatMap((start) =>
      this.followed.has(start.streamId) ? [] : [this.add(start)],
    );
    try {
      await begin(added, this.options.heads);
    } catch (error) {
      for (const { streamId } of added) this.unfollow(streamId);
      throw error;
    }
  }

  /** Removes a stream: no further entry of it is given. */
  unfollow(streamId: string): void {
    const stream = this.followed.get(streamId);
    if (!stream) return;
    this.followed.delete(streamId);
    this.cursors.remove(stream.cursor);
    this.options.tails.release(streamId, stream);
  }

  override nextMatching(matches: Matches<Entry>): Promise<IteratorResult<Entry, undefined>> {
    const { isLast } = this.options;
    if (!isLast) return super.nextMatching(matches);
    if (this.isOver) return this.return();
    return super.nextMatching((entry) => {
      this.isOver = isLast(entry);
      return this.isOver || matches(entry);
    });
  }

  isBehind(): boolean {
    // Behind the last entry, `next` gives the end without waiting.
    return this.isOver || this.cursors.isBehind();
  }

  positionOf(streamId: string): number {
    return this.get(streamId).cursor.position();
  }

  headOf(streamId: string): number {
    return this.get(streamId).tail.head;
  }

  skipTo(streamId: string, seq: number): void {
    const { cursor } = this.get(streamId);
    if (seq > cursor.position()) cursor.start(seq);
  }

  /** There may be more in this stream. */
  wakeStream({ cursor }: FollowedStream): void {
    this.cursors.wake(cursor);
    this.wake();
  }

  protected take(): Promise<Entry | undefined> {
    return this.cursors.take();
  }

  protected takeAtHand(): Entry | undefined {
    return this.cursors.takeFromRing();
  }

  protected onEnd(): void {
    for (const streamId of this.followed.keys()) this.unfollow(streamId);
    this.options.onEnd();
  }

  private add(start: Start): FollowedStream {
    const { streamId } = start;
    const stream = new FollowedStream(this, start, this.options.tails.acquire(streamId));
    stream.tail.followers.add(stream);
    this.cursors.add(stream.cursor);
    this.followed.set(streamId, stream);
    return stream;
  }

  private get(streamId: string): FollowedStream {
    const stream = this.followed.get(streamId);
    invariant(stream, "a stream that is not followed has no position", { streamId });
    return stream;
  }
}

/** One stream of a reader. */
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
    this.reader.wakeStream(this);
  }

  end(error: Error | null): void {
    this.reader.end(error);
  }
}

/**
 * Subscribes to Redis first, then reads all heads in one statement: an entry that is committed in
 * between is either received or below the head.
 */
async function begin(streams: readonly FollowedStream[], headsOf: Heads): Promise<void> {
  if (streams.length === 0) return;
  await Promise.all(streams.map(({ tail }) => tail.acknowledged));
  const heads = await headsOf(streams.map(({ streamId }) => streamId));
  const headOf = ({ streamId }: FollowedStream) => heads.get(streamId) ?? 0;
  for (const stream of streams) {
    const { streamId, after } = stream;
    const head = headOf(stream);
    if (after !== undefined && after !== null && after > head) {
      throw beyondTheEnd(streamId, after, head);
    }
  }
  for (const stream of streams) {
    const { after, cursor, tail } = stream;
    const head = headOf(stream);
    cursor.start(after ?? head);
    advance(tail, head);
    stream.wake();
  }
}

/** The error for a position that its stream has not reached. */
export function beyondTheEnd(streamId: string, after: number, head: number) {
  const message = `The stream ends at ${head}, before ${after}: read it again.`;
  return fail("RESYNC_REQUIRED", message, { streamId, head });
}
