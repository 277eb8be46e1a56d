// Gathers how far streams were delivered to sessions, for all inboxes of this process, and writes
// it down once a second in one statement. A crash loses up to that second: what was delivered in
// it comes again.
import type { Log } from "#kit/log";
import type { Database } from "../context.ts";
import { type DeliveryMark, keepMarks } from "./store.ts";

export interface Marks {
  /** Remembers the latest mark of a session in a stream until it is written. */
  put(mark: DeliveryMark, log: Log): void;
  /** Writes down what waits. Never rejects: what could not be written waits for the next time. */
  flush(log: Log): Promise<void>;
}

const FLUSH_AFTER_MS = 1_000;

/** Nothing waits longer than `flushAfterMs`. */
export function createMarks(database: Database, flushAfterMs = FLUSH_AFTER_MS): Marks {
  const waiting = new Map<string, DeliveryMark>();
  let timer: NodeJS.Timeout | undefined;

  function put(mark: DeliveryMark, log: Log): void {
    const key = `${mark.sessionId} ${mark.streamId}`;
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
      await keepMarks(database, marks);
    } catch (error) {
      log.warn({ err: error }, "how far streams were delivered was not written down");
      for (const mark of marks) put(mark, log);
    }
  }

  return { put, flush };
}
