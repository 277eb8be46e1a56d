// Reads many cursors round-robin: each gives one entry and goes to the back of the queue, so that a
// busy stream does not starve the others. Entries are in order within a stream, and in no order
// between streams.
import type { Cursor } from "#kit/live/cursor";
import type { Entry } from "#kit/live/streams";

// A class for the reason that `Cursor` is one.
export class RoundRobin {
  private readonly cursors = new Set<Cursor>();
  /** Cursors that may have an entry, the next one first. */
  private readonly queue = new Set<Cursor>();

  add(cursor: Cursor): void {
    this.cursors.add(cursor);
    this.wake(cursor);
  }

  /** Removes a cursor: an entry that it is about to give is dropped. */
  remove(cursor: Cursor): void {
    this.cursors.delete(cursor);
    this.queue.delete(cursor);
  }

  /** Queues a cursor that may have an entry. */
  wake(cursor: Cursor): void {
    if (this.cursors.has(cursor) && cursor.isBehind()) this.queue.add(cursor);
  }

  /** True while any cursor is known to have more. */
  isBehind(): boolean {
    for (const cursor of this.cursors) if (cursor.isBehind()) return true;
    return false;
  }

  /** The entry of the next cursor; undefined when none has any now. */
  async take(): Promise<Entry | undefined> {
    for (const cursor of this.queue) {
      this.queue.delete(cursor);
      const entry = await cursor.take();
      if (!entry || !this.cursors.has(cursor)) continue;
      this.wake(cursor);
      return entry;
    }
    return undefined;
  }

  /** The same at once, from the rings only. */
  takeFromRing(): Entry | undefined {
    for (const cursor of this.queue) {
      const entry = cursor.takeFromRing();
      if (!entry && cursor.isBehind()) return undefined;
      this.queue.delete(cursor);
      this.wake(cursor);
      if (entry) return entry;
    }
    return undefined;
  }
}
