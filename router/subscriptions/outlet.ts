// What one client is told of one stream, in order, and no faster than it reads: some frames ahead
// of the network, some more that wait, and no more than that.
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import { fail } from "#kit/errors";

/** The client at the other end of an operation. */
export interface Listener {
  /** Sends a payload, which is JSON; `onTaken` runs later, when the network took it. */
  next(payload: Buffer, onTaken: () => void): void;
  /** The last that it hears: why its stream ended, or null where it is complete. */
  end(errors: readonly GraphQLFormattedError[] | null): void;
}

export interface Outlet {
  /**
   * Sends a payload behind all before it, as soon as it is there; `onSent` runs when the network
   * took it. False when too much waits: it is not taken in.
   */
  push(payload: Buffer | Promise<Buffer>, onSent?: () => void): boolean;
  /** Ends the stream behind what was pushed. Nothing is taken in any more. */
  end(errors: readonly GraphQLFormattedError[] | null): void;
  /** Ends the stream at once: what waits is not sent. With nothing to say, nothing is said. */
  drop(errors: readonly GraphQLFormattedError[] | null): void;
}

/** Frames that wait for a client that is slower than its stream. */
const WAITING_MAX = 256;
/** Frames that were sent and not yet taken by the network. */
const AHEAD_MAX = 64;
/** Their bytes together, unless it is one; far below what a socket may let wait. */
const AHEAD_BYTES_MAX = 64 * 1024;

interface Waiting {
  payload: Buffer | null;
  readonly onSent: (() => void) | undefined;
}

/** An outlet for a client; the payloads that are promised must not fail. */
export function createOutlet(listener: Listener): Outlet {
  let waiting: Waiting[] = [];
  let ahead = 0;
  let aheadBytes = 0;
  let ending: { readonly errors: readonly GraphQLFormattedError[] | null } | null = null;
  let isOver = false;

  function hasRoom({ length }: Buffer): boolean {
    return ahead === 0 || (ahead < AHEAD_MAX && aheadBytes + length <= AHEAD_BYTES_MAX);
  }

  function send(payload: Buffer, onSent: (() => void) | undefined): void {
    ahead += 1;
    aheadBytes += payload.length;
    listener.next(payload, () => {
      ahead -= 1;
      aheadBytes -= payload.length;
      onSent?.();
      if (waiting.length > 0 || ending) flush();
    });
  }

  function flush(): void {
    while (!isOver) {
      const [first] = waiting;
      if (!first || first.payload === null || !hasRoom(first.payload)) break;
      waiting.shift();
      send(first.payload, first.onSent);
    }
    if (ending && waiting.length === 0 && !isOver) {
      isOver = true;
      listener.end(ending.errors);
    }
  }

  return {
    push(payload, onSent) {
      if (isOver || ending || waiting.length >= WAITING_MAX) return false;
      const isReady = Buffer.isBuffer(payload);
      if (isReady && waiting.length === 0 && hasRoom(payload)) {
        send(payload, onSent);
        return true;
      }
      const own: Waiting = { payload: isReady ? payload : null, onSent };
      waiting.push(own);
      if (!isReady) {
        payload.then((ready) => {
          own.payload = ready;
          flush();
        });
      }
      return true;
    },
    end(errors) {
      ending ??= { errors };
      flush();
    },
    drop(errors) {
      if (isOver) return;
      isOver = true;
      waiting = [];
      listener.end(errors);
    },
  };
}

/** Why a stream ends whose client falls behind. */
export function tooSlow(): GraphQLError {
  const message = "Events came faster than they were taken: resume behind the last one you have.";
  return fail("RESYNC_REQUIRED", message);
}

/** Why a stream ends whose subgraph says what nobody understands, or cannot say what is left. */
export function unreadable(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The stream cannot be read: subscribe again.");
}
