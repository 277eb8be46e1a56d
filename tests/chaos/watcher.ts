// A client that watches a resumable stream. If the stream or its socket ends, it reconnects and
// resumes at its last position. It keeps every event.
import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { codeOf, connect, type Socket } from "../kit/socket.ts";

const RECONNECT_MS = 200;
const SILENCE_MS_MAX = 600_000;
const PATIENCE_MS = 20_000;

export interface Positioned {
  readonly seq: number;
  readonly prevSeq: number;
}

export interface Watcher<Event extends Positioned> {
  readonly events: readonly Event[];
  /** The reasons why its streams ended. */
  readonly ends: readonly string[];
  /** Resolves when it has received `seq`. Rejects after a timeout. */
  reached(seq: number): Promise<void>;
  /** Breaks its connection. It reconnects by itself. */
  cut(): void;
  stop(): Promise<void>;
}

export interface WatchOptions {
  readonly token: string;
  readonly router: number;
  readonly query: string;
  readonly variables?: object;
  /** The root field of the subscription. */
  readonly field: string;
  /** False: after a break it starts with live events. */
  readonly doesResume?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Watches from the beginning of the log until it is stopped. */
export function watchAll<Event extends Positioned>(options: WatchOptions): Watcher<Event> {
  const events: Event[] = [];
  const ends: string[] = [];
  const arrivals = new EventEmitter();
  const current: { socket?: Socket } = {};
  let isStopped = false;

  async function watchOnce(): Promise<string> {
    const { token, router, query, variables, field, doesResume = true, headers = {} } = options;
    const socket = await connect({ as: token, router, headers });
    current.socket = socket;
    const after = doesResume || ends.length === 0 ? (events.at(-1)?.seq ?? 0) : null;
    const id = socket.subscribe(query, { ...variables, after });
    for (;;) {
      const frame = await socket.next(id, SILENCE_MS_MAX);
      if (frame.type === "error") return codeOf(frame) ?? "no code";
      if (frame.type !== "next") return frame.type;
      const payload = frame.payload as { data: Record<string, Event>; errors?: unknown };
      const event = payload.data?.[field];
      if (payload.errors || !event) return `a broken event ${JSON.stringify(payload)}`;
      events.push(event);
      arrivals.emit("event");
    }
  }

  const over = (async () => {
    while (!isStopped) {
      const end = await watchOnce().catch(() => "the socket closed");
      current.socket?.close();
      if (isStopped) return;
      ends.push(end);
      await delay(RECONNECT_MS);
    }
  })();

  return {
    events,
    ends,
    async reached(seq) {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while ((events.at(-1)?.seq ?? 0) < seq) {
        await once(arrivals, "event", { signal }).catch(() => {
          throw new Error(`a watcher stays at ${events.at(-1)?.seq}, before ${seq}: ${ends}`);
        });
      }
    },
    cut() {
      current.socket?.close();
    },
    async stop() {
      isStopped = true;
      current.socket?.close();
      await over;
    },
  };
}
