// Ephemeral signals between replicas: told to whoever listens right now, never stored, never
// repeated. A slow listener loses the oldest, since what a signal says is soon no longer true.
import { endAt, goingAway } from "#kit/endings";
import type { PubSub } from "#kit/pubsub";
import { createReader, type Reader } from "#kit/reader";

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

interface Listener extends Reader<unknown> {
  hear(signal: unknown): void;
}

const QUEUE_MAX = 32;
const LISTEN = "listen again";

export function createSignals(pubsub: Pick<PubSub, "publish" | "subscribe">): Signals {
  const listeners = new Set<Listener>();
  return {
    send: (channel, signal) => pubsub.publish(`signal:${channel}`, signal),
    async listen(channel, expiresAt, onEnd = () => {}) {
      let stop = () => {};
      const listener = createListener(() => {
        callOff();
        listeners.delete(listener);
        stop();
        onEnd();
      });
      const callOff = endAt(expiresAt, listener, LISTEN);
      listeners.add(listener);
      const heard = await pubsub.subscribe(`signal:${channel}`, listener.hear);
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
function createListener(onEnd: () => void): Listener {
  const queue: unknown[] = [];
  const takeNow = () => queue.shift();
  const isBehind = () => queue.length > 0;
  const reader = createReader({ take: async () => takeNow(), takeNow, isBehind, onEnd });
  return {
    ...reader,
    hear(signal) {
      queue.push(signal);
      if (queue.length > QUEUE_MAX) queue.shift();
      reader.wake();
    },
  };
}
