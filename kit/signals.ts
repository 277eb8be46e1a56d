// Ephemeral signals between replicas: told to whoever listens right now, never stored, never
// repeated. A slow listener loses the oldest, since what a signal says is soon no longer true.
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import type { PubSub } from "#kit/pubsub";

export interface Signals {
  /** Tells all listeners of the channel, at every replica. */
  send(channel: string, signal: unknown): void;
  /** Listens from now on, until `expiresAt` at the latest (milliseconds since the epoch). */
  listen(channel: string, expiresAt: number): Promise<AsyncIterableIterator<unknown>>;
  /** Ends every listener with `SUBGRAPH_UNAVAILABLE`. */
  close(): void;
}

interface Listener extends AsyncIterableIterator<unknown> {
  hear(signal: unknown): void;
  end(error: GraphQLError | null): void;
}

const QUEUE_MAX = 32;
const TIMER_MS_MAX = 2 ** 31 - 1;

export function createSignals(pubsub: Pick<PubSub, "publish" | "subscribe">): Signals {
  const listeners = new Set<Listener>();
  return {
    send: (channel, signal) => pubsub.publish(`signal:${channel}`, signal),
    async listen(channel, expiresAt) {
      let stop = () => {};
      const listener = createListener(() => {
        clearTimeout(expiry);
        listeners.delete(listener);
        stop();
      });
      const leftMs = Math.min(Math.max(0, expiresAt - Date.now()), TIMER_MS_MAX);
      const expiry = setTimeout(() => listener.end(sessionEnded()), leftMs);
      expiry.unref();
      listeners.add(listener);
      const heard = await pubsub.subscribe(`signal:${channel}`, listener.hear);
      stop = heard;
      if (!listeners.has(listener)) heard();
      return listener;
    },
    close() {
      for (const listener of listeners) listener.end(goingAway());
    },
  };
}

/** A queue of at most 32 signals, which may be ended at any moment, also while it is waited on. */
function createListener(onEnd: () => void): Listener {
  const queue: unknown[] = [];
  let ended: { readonly error: GraphQLError | null } | undefined;
  let wakeUp = () => {};
  function end(error: GraphQLError | null): void {
    if (ended) return;
    ended = { error };
    onEnd();
    wakeUp();
  }
  return {
    hear(signal) {
      queue.push(signal);
      if (queue.length > QUEUE_MAX) queue.shift();
      wakeUp();
    },
    end,
    async next() {
      while (!ended && queue.length === 0) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
      }
      if (!ended) return { done: false, value: queue.shift() };
      const { error } = ended;
      ended = { error: null };
      if (error) throw error;
      return { done: true, value: undefined };
    },
    async return() {
      end(null);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function sessionEnded(): GraphQLError {
  return fail("UNAUTHENTICATED", "The session ended: refresh it and listen again.");
}

function goingAway(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The server is going away: listen again.");
}
