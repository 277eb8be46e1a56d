// How much the client of one socket has received. The router sends a `ping` message behind frames,
// and the client's own code answers with a `pong` of the same payload once it has taken them. A
// WebSocket ping proves less: the network stack of a browser answers it, also for a hung page.
import { MessageType } from "graphql-ws";

/** A stream that wants to know how many of its frames were received. */
export interface AcknowledgedStream {
  received(count: number): void;
}

export interface Acknowledgements {
  /** Counts a frame of a stream that was handed to the writer of the socket. */
  sent(stream: AcknowledgedStream): void;
  /** Receives the payload of a `pong`; any other than the one awaited is ignored. */
  pong(payload: unknown): void;
  stop(): void;
}

const PING_EVERY_MS = 1_000;

/** Pings at most once a second, only for frames sent since, and one ping at a time. */
export function createAcknowledgements(
  ping: (frame: string) => void,
  pingEveryMs = PING_EVERY_MS,
): Acknowledgements {
  /** Frames of each stream that no ping covers yet. */
  let sent = new Map<AcknowledgedStream, number>();
  /** Frames that the ping under way covers. */
  let covered: ReadonlyMap<AcknowledgedStream, number> | null = null;
  let pingId = 0;
  let timer: NodeJS.Timeout | undefined;

  function schedulePing(): void {
    timer ??= setTimeout(sendPing, pingEveryMs).unref();
  }

  function sendPing(): void {
    timer = undefined;
    if (covered || sent.size === 0) return;
    covered = sent;
    sent = new Map();
    pingId += 1;
    ping(JSON.stringify({ type: MessageType.Ping, payload: { received: pingId } }));
  }

  return {
    sent(stream) {
      sent.set(stream, (sent.get(stream) ?? 0) + 1);
      if (!covered) schedulePing();
    },
    pong(payload) {
      const answer = (payload as { readonly received?: unknown } | undefined)?.received;
      if (!covered || answer !== pingId) return;
      for (const [stream, count] of covered) stream.received(count);
      covered = null;
      if (sent.size > 0) schedulePing();
    },
    stop: () => clearTimeout(timer),
  };
}
