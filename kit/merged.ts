// Streams followed as one: begun together by one statement, read in rounds, each in its own order.
// Streams come and go while it is read. It decides neither which nor for whom.
import { type Cursor, createCursor } from "#kit/cursor";
import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Entry } from "#kit/logs";
import { createReader, type Follower, type Reader } from "#kit/reader";
import { createRounds } from "#kit/rounds";
import { acknowledged, advance, readBehind, type SharedTail, type Tails } from "#kit/tails";

export interface LogReader {
  read(streamId: string, after: number, limit: number): Promise<Entry[]>;
  heads(streamIds: readonly string[]): Promise<Map<string, number>>;
}

/** Where reading of a stream begins. */
export interface Start {
  readonly streamId: string;
  /** Continue behind this seq; `undefined` or null starts with what comes next. */
  readonly after?: number | null | undefined;
}

/** Entries as they are pulled, and how far that is. */
export interface LiveEntries
  extends AsyncIterableIterator<Entry>,
    Pick<Reader<Entry>, "nextWhere"> {
  /** True while a stream is known to hold more, or to be over: who takes does not wait. */
  isBehind(): boolean;
  /** The seq of the entry of a stream that was given last, or behind which it began. */
  positionOf(streamId: string): number;
  /** The greatest seq of a stream that is known to be committed. */
  headOf(streamId: string): number;
  /** Passes over what a stream has up to a seq, unread. */
  skipTo(streamId: string, seq: number): void;
}

export interface Merged extends Reader<Entry>, LiveEntries {
  /**
   * Adds streams; those that are followed already stay where they are. `RESYNC_REQUIRED`, and none
   * of them is added, when an `after` lies beyond its stream's end.
   */
  follow(starts: readonly Start[]): Promise<void>;
  /** Takes a stream away: nothing more of it is given. */
  unfollow(streamId: string): void;
}

interface Place extends Start {
  readonly tail: SharedTail;
  readonly cursor: Cursor;
  readonly follower: Follower;
}

const PAGE_SIZE = 200;

/** A reader of no stream yet. `onEnd` is called once, however it ends. */
export function createMerged(tails: Tails, logs: LogReader, onEnd: () => void): Merged {
  const rounds = createRounds();
  const places = new Map<string, Place>();
  let isOpen = true;
  const reader = createReader({
    take: rounds.take,
    takeNow: rounds.takeRinged,
    isBehind: rounds.isBehind,
    onEnd() {
      isOpen = false;
      for (const streamId of places.keys()) unfollow(streamId);
      onEnd();
    },
  });

  function enter(start: Start): Place {
    const { streamId } = start;
    const tail = tails.acquire(streamId);
    const readPage = (after: number) => logs.read(streamId, after, PAGE_SIZE);
    const cursor = createCursor(tail, (after) => readBehind(tail, after, readPage));
    const wake = () => {
      rounds.wake(cursor);
      reader.wake();
    };
    const follower = { wake, end: reader.end };
    tail.followers.add(follower);
    rounds.add(cursor);
    const place = { ...start, tail, cursor, follower };
    places.set(streamId, place);
    return place;
  }

  function unfollow(streamId: string): void {
    const place = places.get(streamId);
    if (!place) return;
    places.delete(streamId);
    rounds.remove(place.cursor);
    tails.release(streamId, place.follower);
  }

  return {
    ...reader,
    unfollow,
    isBehind: rounds.isBehind,
    positionOf: (streamId) => placeOf(places, streamId).cursor.position(),
    headOf: (streamId) => placeOf(places, streamId).tail.head,
    skipTo(streamId, seq) {
      const { cursor } = placeOf(places, streamId);
      if (seq > cursor.position()) cursor.start(seq);
    },
    async follow(starts) {
      if (!isOpen) return;
      const entered = starts.flatMap((start) => (places.has(start.streamId) ? [] : [enter(start)]));
      try {
        await begin(entered, logs);
      } catch (error) {
        for (const { streamId } of entered) unfollow(streamId);
        throw error;
      }
    },
  };
}

function placeOf(places: ReadonlyMap<string, Place>, streamId: string): Place {
  const place = places.get(streamId);
  invariant(place, "a stream that is not followed has no position", { streamId });
  return place;
}

/**
 * Listens first, then reads the heads, of all in one statement: what is committed in between is
 * heard, or is below the head.
 */
async function begin(places: readonly Place[], logs: LogReader): Promise<void> {
  if (places.length === 0) return;
  await Promise.all(places.map(({ tail }) => acknowledged(tail)));
  const heads = await logs.heads(places.map(({ streamId }) => streamId));
  const begun = places.map((place) => ({ ...place, head: heads.get(place.streamId) ?? 0 }));
  for (const { streamId, after, head } of begun) {
    if (after !== undefined && after !== null && after > head) {
      throw beyondTheEnd(streamId, after, head);
    }
  }
  for (const { after, head, cursor, tail, follower } of begun) {
    cursor.start(after ?? head);
    advance(tail, head);
    follower.wake();
  }
}

/** The refusal of a position that its stream has not reached. */
export function beyondTheEnd(streamId: string, after: number, head: number) {
  const message = `The stream ends at ${head}, before ${after}: read it again.`;
  return fail("RESYNC_REQUIRED", message, { streamId, head });
}
