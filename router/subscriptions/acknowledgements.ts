// What the client of one socket has received. The router sends a `ping` message behind frames, and
// the client's own code answers it by a `pong` with the same payload, in the order in which it
// took the frames. A ping of WebSocket proves less: a browser's network stack answers it, also for
// a page that hangs.
import { MessageType } from "graphql-ws";

/** A stream that wants to know what of it was received. */
export interface AcknowledgedStream {
  received(count: number): void;
}

export interface Acknowledgements {
  /** A frame of a stream was handed to the writer of the socket. */
  sent(receiver: AcknowledgedStream): void;
  /** The client sent a pong. */
  pong(payload: unknown): void;
  stop(): void;
}

const ASKED_EVERY_MS = 1_000;

/** Asks at most once a second, and only for frames that were sent since; one question at a time. */
export function createAcknowledgements(
  ask: (frame: string) => void,
  askedEveryMs = ASKED_EVERY_MS,
): Acknowledgements {
  /** Frames of each stream about which the client was not asked yet. */
  let sent = new Map<AcknowledgedStream, number>();
  let asked: ReadonlyMap<AcknowledgedStream, number> | null = null;
  let question = 0;
  let timer: NodeJS.Timeout | undefined;

  function askSoon(): void {
    timer ??= setTimeout(askNow, askedEveryMs).unref();
  }

  function askNow(): void {
    timer = undefined;
    if (asked || sent.size === 0) return;
    asked = sent;
    sent = new Map();
    question += 1;
    ask(JSON.stringify({ type: MessageType.Ping, payload: { received: question } }));
  }

  return {
    sent(receiver) {
      sent.set(receiver, (sent.get(receiver) ?? 0) + 1);
      if (!asked) askSoon();
    },
    pong(payload) {
      const answer = (payload as { readonly received?: unknown } | undefined)?.received;
      if (!asked || answer !== question) return;
      for (const [receiver, count] of asked) receiver.received(count);
      asked = null;
      if (sent.size > 0) askSoon();
    },
    stop: () => clearTimeout(timer),
  };
}
