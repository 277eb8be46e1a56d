// Gathers how far subscribers have received their streams, for all inboxes of this process, and
// writes it down once a second in one statement. A crash loses up to that second: what was received
// in it comes again.
import type { Log } from "#kit/service/logger";
import type { Database } from "../context.ts";
import { type Mark, moveMarks, type SubscriberConnection } from "./store.ts";

export interface Marks {
  /**
   * Counts a connection among those that move marks, until the returned function is called.
   * `onLost` runs when another connection of its subscriber has come since, or the subscriber was
   * forgotten.
   */
  watch(opening: SubscriberConnection, onLost: () => void): () => void;
  /** Remembers the latest mark of a connection in a stream until it is written. */
  put(mark: Mark, log: Log): void;
  /** Writes down what waits. Never rejects: what could not be written waits for the next time. */
  flush(log: Log): Promise<void>;
}

const FLUSH_AFTER_MS = 1_000;

/** Nothing waits longer than `flushAfterMs`. */
export function createMarks(database: Database, flushAfterMs = FLUSH_AFTER_MS): Marks {
  const waiting = new Map<string, Mark>();
  const watched = new Map<string, () => void>();
  let timer: NodeJS.Timeout | undefined;

  function put(mark: Mark, log: Log): void {
    const key = `${mark.opening.id} ${mark.streamId}`;
    if ((waiting.get(key)?.seq ?? -1) < mark.seq) waiting.set(key, mark);
    timer ??= setTimeout(() => void flush(log), flushAfterMs).unref();
  }

  async function flush(log: Log): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    const marks = [...waiting.values()];
    waiting.clear();
    try {
      const held = await moveMarks(database, marks);
      const lost = marks.filter(({ opening }) => !held.has(opening.id));
      for (const id of new Set(lost.map(({ opening }) => opening.id))) watched.get(id)?.();
    } catch (error) {
      log.warn({ err: error }, "how far streams were received was not written down");
      for (const mark of marks) put(mark, log);
    }
  }

  return {
    watch(opening, onLost) {
      watched.set(opening.id, onLost);
      return () => watched.delete(opening.id);
    },
    put,
    flush,
  };
}
