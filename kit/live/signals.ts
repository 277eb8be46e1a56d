// Signals between replicas: sent to current listeners, never stored, never repeated. A slow
// listener loses the oldest, which is out of date soonest.
import { endAt, goingAway } from "#kit/live/endings";
import type { PubSub } from "#kit/live/pubsub";
import { Reader } from "#kit/live/reader";

export interface Signals {
  /** Sends to all listeners of the channel, at every replica. */
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
        cancel();
        listeners.delete(listener);
        stop();
        onEnd();
      });
      const cancel = endAt(expiresAt, listener, LISTEN);
      listeners.add(listener);
      stop = await pubsub.subscribe(`signal:${channel}`, (signal) => listener.receive(signal));
      if (!listeners.has(listener)) stop();
      return listener;
    },
    close() {
      for (const listener of listeners) listener.end(goingAway(LISTEN));
    },
  };
}

/** A bounded queue of signals for one consumer. */
class Listener extends Reader<unknown> {
  private readonly queue: unknown[] = [];
  private readonly onEnded: () => void;

  constructor(onEnd: () => void) {
    super();
    this.onEnded = onEnd;
  }

  receive(signal: unknown): void {
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
