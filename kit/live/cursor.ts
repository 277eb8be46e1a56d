// One position in one stream, which moves forward through the ring of recent entries or through the
// log. It does not wait, and does not authorize.
import { invariant } from "#kit/invariant";
import type { Entry } from "#kit/live/streams";

/** The end of a stream, as far as this process knows it. */
export interface Tail {
  /** The greatest seq known to be committed. */
  head: number;
  /** The latest entries, contiguous, oldest first. */
  ring: Entry[];
  /** A page of the log behind a position. The array is the caller's to change. */
  readAfter(after: number): Promise<Entry[]>;
}

/** Shared and never changed, so that a cursor without a page has no array of its own. */
const NONE: Entry[] = [];

// A class: there are 10,000 of these, and closures take twice the memory, and twice the time of the
// garbage collector.
export class Cursor {
  private current = Number.POSITIVE_INFINITY;
  private page = NONE;
  private readonly tail: Tail;

  /** Until `start` there is nothing to take. */
  constructor(tail: Tail) {
    this.tail = tail;
  }

  /** Sets the position behind which reading begins. */
  start(position: number): void {
    this.current = position;
  }

  /** The seq of the entry taken last, or the position set by `start`. */
  position(): number {
    return this.current;
  }

  /** True while the stream is known to have more. */
  isBehind(): boolean {
    return this.current < this.tail.head;
  }

  /** Moves to the next entry; undefined when there is none now. */
  async take(): Promise<Entry | undefined> {
    return this.moveTo(this.isBehind() ? await this.find() : undefined);
  }

  /** The same at once, from the ring only. */
  takeFromRing(): Entry | undefined {
    return this.moveTo(this.isBehind() ? this.findInRing() : undefined);
  }

  private async find(): Promise<Entry | undefined> {
    const found = this.findInRing();
    if (found) return found;
    if (this.page[0]?.seq !== this.current + 1) this.page = await this.tail.readAfter(this.current);
    return this.page.shift();
  }

  private findInRing(): Entry | undefined {
    const { ring } = this.tail;
    const oldest = ring[0];
    const found = oldest && ring[this.current + 1 - oldest.seq];
    if (found && this.page.length > 0) this.page = NONE;
    return found;
  }

  private moveTo(entry: Entry | undefined): Entry | undefined {
    if (!entry) return undefined;
    const position = this.current;
    invariant(entry.prevSeq === position, "a stream skipped an entry", { position, entry });
    this.current = entry.seq;
    return entry;
  }
}
