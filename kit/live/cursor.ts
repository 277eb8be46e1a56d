// One place in one stream: a position, moved forward through the ring of recent entries or through
// the log. It neither waits nor decides who may read.
import { invariant } from "#kit/invariant";
import type { Entry } from "#kit/live/streams";

/** What a cursor sees of its stream. */
export interface Tail {
  /** The greatest seq known to be committed. */
  head: number;
  /** The latest entries, contiguous, oldest first. */
  ring: Entry[];
  /** A page of the log behind a position, which is the caller's own. */
  readAfter(after: number): Promise<Entry[]>;
}

/** What nothing is added to, so that a cursor that needs no page has no array of its own. */
const NONE: Entry[] = [];

// A class, as all of which each of ten thousand streams has its own: closures in its place take
// twice the memory, and twice the time to be moved by the collector.
export class Cursor {
  private at = Number.POSITIVE_INFINITY;
  private page = NONE;
  private readonly tail: Tail;

  /** Before it is told where to start there is nothing to take. */
  constructor(tail: Tail) {
    this.tail = tail;
  }

  /** Sets the position behind which reading begins. */
  start(position: number): void {
    this.at = position;
  }

  /** The seq of the entry taken last, or behind which reading begins. */
  position(): number {
    return this.at;
  }

  /** True while the stream is known to hold more. */
  isBehind(): boolean {
    return this.at < this.tail.head;
  }

  /** Moves to the next entry; undefined when none is to be had now. */
  async take(): Promise<Entry | undefined> {
    return this.moveTo(this.isBehind() ? await this.find() : undefined);
  }

  /** The same from the ring alone, at once. */
  takeFromRing(): Entry | undefined {
    return this.moveTo(this.isBehind() ? this.ringed() : undefined);
  }

  private async find(): Promise<Entry | undefined> {
    const found = this.ringed();
    if (found) return found;
    if (this.page[0]?.seq !== this.at + 1) this.page = await this.tail.readAfter(this.at);
    return this.page.shift();
  }

  private ringed(): Entry | undefined {
    const { ring } = this.tail;
    const oldest = ring[0];
    const found = oldest && ring[this.at + 1 - oldest.seq];
    if (found && this.page.length > 0) this.page = NONE;
    return found;
  }

  private moveTo(entry: Entry | undefined): Entry | undefined {
    if (!entry) return undefined;
    const position = this.at;
    invariant(entry.prevSeq === position, "a stream skipped an entry", { position, entry });
    this.at = entry.seq;
    return entry;
  }
}
