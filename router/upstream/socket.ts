// The one graphql-ws socket to a subgraph: opened at the first subscription, pinged, given up when
// it falls silent, and never resumed by itself.
import { createClient, MessageType, type Sink, type SubscribePayload } from "graphql-ws";
import { WebSocket } from "ws";
import { ANONYMOUS, type MintIdentity } from "#kit/identity";
import type { Log } from "#kit/log";

export interface SubgraphSocket {
  /**
   * Starts an operation; the returned function ends it. Its sink must not throw: that would break
   * the socket.
   */
  subscribe(payload: SubscribePayload, sink: Sink): { readonly id: string; cancel(): void };
  /** Sends a ping that carries something, if the socket is open. */
  ping(payload: Record<string, unknown>): void;
  close(): Promise<void>;
}

interface SocketOptions {
  readonly name: string;
  /** The GraphQL address, over HTTP or HTTPS; the socket is at the same. */
  readonly url: URL;
  readonly mint: MintIdentity;
  readonly log: Log;
  /** Runs whenever the socket closes, before the client can resume anything by itself. */
  onLost(): void;
}

const PING_EVERY_MS = 12_000;
const PONG_WITHIN_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const FRAME_BYTES_MAX = 1024 * 1024;
/** The greatest a timer can wait: a socket that once was needed stays. */
const KEEP_UNUSED_MS = 2 ** 31 - 1;

class LimitedWebSocket extends WebSocket {
  constructor(url: string, protocols: string) {
    super(url, protocols, { maxPayload: FRAME_BYTES_MAX, handshakeTimeout: CONNECT_TIMEOUT_MS });
  }
}

export function createSubgraphSocket(options: SocketOptions): SubgraphSocket {
  const log = options.log.child({ subgraph: options.name });
  let lastId = 0;
  let socket: WebSocket | null = null;
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: options.url.href.replace(/^http/, "ws"),
    webSocketImpl: LimitedWebSocket,
    connectionParams: async () => ({ identity: await options.mint(ANONYMOUS) }),
    connectionAckWaitTimeout: CONNECT_TIMEOUT_MS,
    lazyCloseTimeout: KEEP_UNUSED_MS,
    retryAttempts: 0,
    keepAlive: PING_EVERY_MS,
    generateID: () => String(lastId),
    on: {
      connected(opened) {
        socket = opened as WebSocket;
      },
      ping(isReceived) {
        if (isReceived) return;
        pongTimer = setTimeout(() => client.terminate(), PONG_WITHIN_MS);
      },
      pong(isReceived) {
        if (isReceived) clearTimeout(pongTimer);
      },
      error: (error) => log.warn({ err: causeOf(error) }, "the subscription socket broke"),
      closed(event) {
        socket = null;
        clearTimeout(pongTimer);
        const { code } = event as { readonly code?: number };
        log.info({ code }, "the subscription socket closed");
        options.onLost();
      },
    },
  });
  return {
    subscribe(payload, sink) {
      lastId += 1;
      return { id: String(lastId), cancel: client.subscribe(payload, sink) };
    },
    ping(payload) {
      if (socket?.readyState !== WebSocket.OPEN) return;
      socket.send(JSON.stringify({ type: MessageType.Ping, payload }));
    },
    async close() {
      await client.dispose();
    },
  };
}

/** ws tells of an error by an event that carries it. */
function causeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "error" in error ? error.error : error;
}
