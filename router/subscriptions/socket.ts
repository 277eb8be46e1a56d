// WebSockets at the door: who may upgrade and how often, how large and how frequent frames may be,
// pings, and sends that wait for the network up to a bound. What the frames say is graphql-ws'
// concern.
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Server as ProtocolServer } from "graphql-ws";
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Log } from "#kit/log";
import type { ClientAddress } from "../address.ts";
import type { Limits } from "../policy/limits.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Gate } from "./gate.ts";

const CLOSE_WITHIN_MS = 1_000;
/** Time for a slow client to read why. */
const CUT_WITHIN_MS = 5_000;
const GOING_AWAY = 1001;
/** Good clients do not come back by themselves after this, */
const TOO_MANY_FRAMES = 1008;
/** but do after this, and resume. */
const TOO_SLOW = 1013;
const BROKE = 4500;
/** How ws names it. */
const FRAME_TOO_LARGE = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

export interface SocketExtra {
  readonly socket: WebSocket;
  /** What its frames have begun; a subscription is under way until its last frame has left. */
  readonly underWay: ReadonlySet<Promise<void>>;
  /** Where it comes from, as it is counted. */
  readonly address: string;
}

interface SocketOptions {
  readonly server: HttpServer;
  readonly path: string;
  readonly protocol: ProtocolServer<SocketExtra>;
  readonly clientAddress: ClientAddress;
  readonly gate: Gate;
  readonly limits: Pick<Limits, "frameBytes" | "silenceMs" | "bufferedBytes">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Serves `protocol` at `path` of `server`. `stop` refuses new sockets and closes all with 1001. */
export function serveSockets(options: SocketOptions): { stop(): Promise<void> } {
  const { server, limits, metrics, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refusalOf(request, options.path);
    if (status) return refuse(stream, status);
    const address = options.clientAddress(request);
    const waitMs = options.gate.waitMs(address);
    if (waitMs > 0) return refuse(stream, "429 Too Many Requests", waitMs);
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, address, options));
  };
  server.on("upgrade", upgrade);
  const pinging = setInterval(() => ping(sockets.clients, metrics), limits.silenceMs);
  pinging.unref();
  return {
    async stop() {
      server.off("upgrade", upgrade);
      server.on("upgrade", (_request, stream) => refuse(stream, "503 Service Unavailable"));
      clearInterval(pinging);
      const closed = [...sockets.clients].map(
        (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
      );
      for (const socket of sockets.clients) socket.close(GOING_AWAY, "Going away");
      const terminating = setTimeout(() => {
        log.info({ count: sockets.clients.size }, "terminating sockets that did not close");
        for (const socket of sockets.clients) socket.terminate();
      }, CLOSE_WITHIN_MS);
      await Promise.all(closed);
      clearTimeout(terminating);
    },
  };
}

/**
 * A browser says from which page it comes, and only our own may open a socket. Others send no
 * origin.
 */
function refusalOf(request: IncomingMessage, path: string): string | null {
  if (request.url?.split("?", 1)[0] !== path) return "404 Not Found";
  const { origin, host } = request.headers;
  if (origin === undefined) return null;
  return URL.canParse(origin) && new URL(origin).host === host ? null : "403 Forbidden";
}

function refuse(stream: Duplex, status: string, waitMs = 0): void {
  const retryAfter = waitMs > 0 ? `Retry-After: ${Math.ceil(waitMs / 1000)}\r\n` : "";
  stream.end(`HTTP/1.1 ${status}\r\n${retryAfter}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

const silent = new WeakSet<WebSocket>();

/** Terminates whoever has not answered the last ping, and pings the others. */
function ping(sockets: ReadonlySet<WebSocket>, metrics: Metrics): void {
  for (const socket of sockets) {
    if (silent.has(socket)) {
      metrics.refusal("silenceMs");
      socket.terminate();
      continue;
    }
    silent.add(socket);
    socket.ping();
  }
}

function serve(socket: WebSocket, address: string, options: SocketOptions): void {
  const { protocol, gate, metrics, log } = options;
  const isFrameAllowed = gate.frameCounter();
  const admit = () => {
    if (socket.readyState !== socket.OPEN) return false;
    if (isFrameAllowed()) return true;
    cut(socket, TOO_MANY_FRAMES, "Too many frames");
    return false;
  };
  socket.on("ping", admit);
  socket.on("pong", () => silent.delete(socket));
  // ws has closed the socket by then, with the code that fits: a frame too large, text that is not
  // UTF-8.
  socket.on("error", (error) => {
    if ("code" in error && error.code === FRAME_TOO_LARGE) metrics.refusal("frameBytes");
    log.debug({ err: error }, "a client broke the WebSocket protocol");
  });
  const underWay = new Set<Promise<void>>();
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (frame) => send(socket, frame, options),
      close(code, reason) {
        if (code === CloseCode.ConnectionInitialisationTimeout) metrics.refusal("greetingMs");
        socket.close(code, reason);
      },
      onMessage(handle) {
        socket.on("message", (raw) => {
          if (!admit()) return;
          const handled = handle(String(raw)).catch((error: unknown) => {
            if (isServersMessage(error)) {
              return socket.close(CloseCode.BadRequest, "Only a server says that");
            }
            log.error({ err: error }, "a frame could not be handled");
            socket.close(BROKE, "Internal server error");
          });
          underWay.add(handled);
          handled.finally(() => underWay.delete(handled));
        });
      },
    },
    { socket, address, underWay },
  );
  socket.once("close", (code, reason) => {
    closed(code, String(reason)).catch((error: unknown) => {
      log.error({ err: error }, "a socket was not cleaned up");
    });
  });
}

/** graphql-ws throws on `next`, `error` and `connection_ack` from a client, as on a bug. */
function isServersMessage(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Unexpected message of type ");
}

/**
 * Resolves when the network took the frame, so that streams go no faster than their client reads.
 * Many streams of one socket can still wait with a frame each: beyond the limit the socket is cut,
 * which ends them and frees what waits.
 */
function send(socket: WebSocket, frame: string, { limits, metrics }: SocketOptions): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    if (socket.bufferedAmount > limits.bufferedBytes) {
      metrics.refusal("bufferedBytes");
      cut(socket, TOO_SLOW, "Read faster, and resume behind the last event");
      return resolve();
    }
    // What fails here fails because the socket closes, and that is told by its close event.
    socket.send(frame, () => resolve());
  });
}

/** Who does not read, or does not stop to send, does not close in time either. */
function cut(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  const terminating = setTimeout(() => socket.terminate(), CUT_WITHIN_MS);
  socket.once("close", () => clearTimeout(terminating));
}
