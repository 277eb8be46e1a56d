// One place in one stream: a position, moved forward through the ring of recent entries or through
// the log. It neither waits nor decides who may read.
import { invariant } from "#kit/invariant";
import type { Entry } from "#kit/logs";

/** What a cursor sees of its stream. */
export interface Tail {
  /** The greatest seq known to be committed. */
  head: number;
  /** The latest entries, contiguous, oldest first. */
  ring: Entry[];
}

export interface Cursor {
  /** Sets the position behind which reading begins; before that there is nothing to take. */
  start(position: number): void;
  /** The seq of the entry taken last, or behind which reading begins. */
  position(): number;
  /** True while the stream is known to hold more. */
  isBehind(): boolean;
  /** Moves to the next entry; undefined when none is to be had now. */
  take(): Promise<Entry | undefined>;
  /** The same from the ring alone, at once. */
  takeRinged(): Entry | undefined;
}

/** A cursor of `tail`. `readPage` gives a page of the log behind a position. */
export function createCursor(tail: Tail, readPage: (after: number) => Promise<Entry[]>): Cursor {
  let position = Number.POSITIVE_INFINITY;
  let page: Entry[] = [];

  function ringed(): Entry | undefined {
    const oldest = tail.ring[0];
    const found = oldest && tail.ring[position + 1 - oldest.seq];
    if (found && page.length > 0) page = [];
    return found;
  }

  function moveTo(entry: Entry | undefined): Entry | undefined {
    if (!entry) return undefined;
    invariant(entry.prevSeq === position, "a stream skipped an entry", { position, entry });
    position = entry.seq;
    return entry;
  }

  async function find(): Promise<Entry | undefined> {
    const found = ringed();
    if (found) return found;
    if (page[0]?.seq !== position + 1) page = await readPage(position);
    return page.shift();
  }

  return {
    start: (from) => {
      position = from;
    },
    position: () => position,
    isBehind: () => position < tail.head,
    take: async () => moveTo(position < tail.head ? await find() : undefined),
    takeRinged: () => moveTo(position < tail.head ? ringed() : undefined),
  };
}
