// Many cursors read as one, in rounds: each that has something gives one entry and goes to the back
// of the queue, so that a busy stream does not starve the others. Entries are in order within a
// stream and in no order between streams.
import type { Cursor } from "#kit/live/cursor";
import type { Entry } from "#kit/live/streams";

// A class for the reason that a cursor is one.
export class RoundRobin {
  private readonly cursors = new Set<Cursor>();
  /** Those that may have something, whose turn it is first. */
  private readonly queue = new Set<Cursor>();

  add(cursor: Cursor): void {
    this.cursors.add(cursor);
    this.wake(cursor);
  }

  /** Takes a cursor away: what it was about to give is given no more. */
  remove(cursor: Cursor): void {
    this.cursors.delete(cursor);
    this.queue.delete(cursor);
  }

  /** Says that a cursor may have something. */
  wake(cursor: Cursor): void {
    if (this.cursors.has(cursor) && cursor.isBehind()) this.queue.add(cursor);
  }

  /** True while any of them is known to have more. */
  isBehind(): boolean {
    for (const cursor of this.cursors) if (cursor.isBehind()) return true;
    return false;
  }

  /** The next entry of whose turn it is; undefined when nobody has any now. */
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

  /** The same from the ring of whose turn it is, at once. */
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
