// Collects the acknowledged positions of all inboxes of this process, and stores them once a second
// in one statement. After a crash, the events of up to a second are sent again.
import type { Log } from "#kit/service/logger";
import type { Database } from "../database.ts";
import { type Mark, moveMarks, type SubscriberConnection } from "./store.ts";

export interface Marks {
  /**
   * Registers a connection that moves marks, until the returned function is called. `onLost` runs
   * when a newer connection of its subscriber exists, or when the subscriber was deleted.
   */
  watch(connection: SubscriberConnection, onLost: () => void): () => void;
  /** Keeps the latest mark of a connection in a stream until it is stored. */
  put(mark: Mark, log: Log): void;
  /** Stores all waiting marks. Never rejects: after an error they wait for the next time. */
  flush(log: Log): Promise<void>;
}

const FLUSH_AFTER_MS = 1_000;

/** No mark waits longer than `flushAfterMs`. */
export function createMarks(database: Database, flushAfterMs = FLUSH_AFTER_MS): Marks {
  const waiting = new Map<string, Mark>();
  const watched = new Map<string, () => void>();
  let timer: NodeJS.Timeout | undefined;

  function put(mark: Mark, log: Log): void {
    const key = `${mark.connection.id} ${mark.streamId}`;
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
      const lost = marks.filter(({ connection }) => !held.has(connection.id));
      for (const id of new Set(lost.map(({ connection }) => connection.id))) watched.get(id)?.();
    } catch (error) {
      log.warn({ err: error }, "acknowledged positions were not stored");
      for (const mark of marks) put(mark, log);
    }
  }

  return {
    watch(connection, onLost) {
      watched.set(connection.id, onLost);
      return () => watched.delete(connection.id);
    },
    put,
    flush,
  };
}
