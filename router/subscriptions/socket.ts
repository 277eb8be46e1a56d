// WebSockets at the door: who may upgrade, how large a frame may be, pings, and sends that wait for
// the network. What the frames say is graphql-ws' concern.
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Server as ProtocolServer } from "graphql-ws";
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Log } from "#kit/log";
import type { Limits } from "../policy/limits.ts";
import type { Metrics } from "../telemetry/metrics.ts";

const CLOSE_WITHIN_MS = 1_000;
const GOING_AWAY = 1001;
const BROKE = 4500;
/** How ws names it. */
const FRAME_TOO_LARGE = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

export interface SocketExtra {
  readonly socket: WebSocket;
}

interface SocketOptions {
  readonly server: HttpServer;
  readonly path: string;
  readonly protocol: ProtocolServer<SocketExtra>;
  readonly limits: Pick<Limits, "frameBytes" | "silenceMs">;
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
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, options));
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

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
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

function serve(socket: WebSocket, { protocol, metrics, log }: SocketOptions): void {
  socket.on("pong", () => silent.delete(socket));
  // ws has closed the socket by then, with the code that fits: a frame too large, text that is not
  // UTF-8.
  socket.on("error", (error) => {
    if ("code" in error && error.code === FRAME_TOO_LARGE) metrics.refusal("frameBytes");
    log.debug({ err: error }, "a client broke the WebSocket protocol");
  });
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (frame) => send(socket, frame),
      close(code, reason) {
        if (code === CloseCode.ConnectionInitialisationTimeout) metrics.refusal("greetingMs");
        socket.close(code, reason);
      },
      onMessage(handle) {
        socket.on("message", (raw) => {
          handle(String(raw)).catch((error: unknown) => {
            if (isServersMessage(error)) {
              return socket.close(CloseCode.BadRequest, "Only a server says that");
            }
            log.error({ err: error }, "a frame could not be handled");
            socket.close(BROKE, "Internal server error");
          });
        });
      },
    },
    { socket },
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
 */
function send(socket: WebSocket, frame: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    // What fails here fails because the socket closes, and that is told by its close event.
    socket.send(frame, () => resolve());
  });
}
