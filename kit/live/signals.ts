// Ephemeral signals between replicas: told to whoever listens right now, never stored, never
// repeated. A slow listener loses the oldest, since what a signal says is soon no longer true.
import { endAt, goingAway } from "#kit/live/endings";
import type { PubSub } from "#kit/live/pubsub";
import { Reader } from "#kit/live/reader";

export interface Signals {
  /** Tells all listeners of the channel, at every replica. */
  send(channel: string, signal: unknown): void;
  /**
   * Listens from now on, until `expiresAt` at the latest (milliseconds since the epoch). `onEnd` is
   * called once, however it ends.
   */
  listen(channel: string, expiresAt: number, onEnd?: () => void): Promise<Reader<unknown>>;
  /** Ends every listener with `SUBGRAPH_UNAVAILABLE`. */
  close(): void;
}

const QUEUE_MAX = 32;
const LISTEN = "listen again";

export function createSignals(pubsub: Pick<PubSub, "publish" | "subscribe">): Signals {
  const listeners = new Set<Listener>();
  return {
    send: (channel, signal) => pubsub.publish(`signal:${channel}`, signal),
    async listen(channel, expiresAt, onEnd = () => {}) {
      let stop = () => {};
      const listener: Listener = new Listener(() => {
        callOff();
        listeners.delete(listener);
        stop();
        onEnd();
      });
      const callOff = endAt(expiresAt, listener, LISTEN);
      listeners.add(listener);
      const heard = await pubsub.subscribe(`signal:${channel}`, (signal) => listener.hear(signal));
      stop = heard;
      if (!listeners.has(listener)) heard();
      return listener;
    },
    close() {
      for (const listener of listeners) listener.end(goingAway(LISTEN));
    },
  };
}

/** A queue of at most 32 signals, which may be ended at any moment, also while it is waited on. */
class Listener extends Reader<unknown> {
  private readonly queue: unknown[] = [];
  private readonly onEnded: () => void;

  constructor(onEnd: () => void) {
    super();
    this.onEnded = onEnd;
  }

  hear(signal: unknown): void {
    this.queue.push(signal);
    if (this.queue.length > QUEUE_MAX) this.queue.shift();
    this.wake();
  }

  isBehind(): boolean {
    return this.queue.length > 0;
  }

  protected async take(): Promise<unknown> {
    return this.takeAtHand();
  }

  protected takeAtHand(): unknown {
    return this.queue.shift();
  }

  protected onEnd(): void {
    this.onEnded();
  }
}
