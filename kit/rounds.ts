// Many cursors read as one, in rounds: each that has something gives one entry and goes to the back
// of the queue, so that a busy stream does not starve the others. Entries are in order within a
// stream and in no order between streams.
import type { Cursor } from "#kit/cursor";
import type { Entry } from "#kit/logs";

export interface Rounds {
  add(cursor: Cursor): void;
  /** Takes a cursor away: what it was about to give is given no more. */
  remove(cursor: Cursor): void;
  /** Says that a cursor may have something. */
  wake(cursor: Cursor): void;
  /** True while any of them is known to have more. */
  isBehind(): boolean;
  /** The next entry of whose turn it is; undefined when nobody has any now. */
  take(): Promise<Entry | undefined>;
  /** The same from the ring of whose turn it is, at once. */
  takeRinged(): Entry | undefined;
}

export function createRounds(): Rounds {
  const cursors = new Set<Cursor>();
  /** Those that may have something, whose turn it is first. */
  const queue = new Set<Cursor>();

  function wake(cursor: Cursor): void {
    if (cursors.has(cursor) && cursor.isBehind()) queue.add(cursor);
  }

  return {
    wake,
    isBehind() {
      for (const cursor of cursors) if (cursor.isBehind()) return true;
      return false;
    },
    add(cursor) {
      cursors.add(cursor);
      wake(cursor);
    },
    remove(cursor) {
      cursors.delete(cursor);
      queue.delete(cursor);
    },
    async take() {
      for (const cursor of queue) {
        queue.delete(cursor);
        const entry = await cursor.take();
        if (!entry || !cursors.has(cursor)) continue;
        wake(cursor);
        return entry;
      }
      return undefined;
    },
    takeRinged() {
      for (const cursor of queue) {
        const entry = cursor.takeRinged();
        if (!entry && cursor.isBehind()) return undefined;
        queue.delete(cursor);
        wake(cursor);
        if (entry) return entry;
      }
      return undefined;
    },
  };
}
