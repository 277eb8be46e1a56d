// WebSockets of clients: accepts or refuses upgrades, limits the size and number of frames and the
// bytes that wait for a client, and pings. protocol.ts reads the frames.
import { isUtf8 } from "node:buffer";
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { type RawRefusal, writeRawResponse } from "#kit/service/broken-requests";
import { refuseBadHandshakes } from "#kit/service/handshakes";
import type { Log } from "#kit/service/logger";
import { targetMistake } from "#kit/service/targets";
import { watchLevel } from "#kit/telemetry/tally";
import { type ClientAddress, type ProxyCheck, requestClient } from "../clients/address.ts";
import type { RouterContext } from "../execution/context.ts";
import type { Limits } from "../limits/limits.ts";
import type { Origins } from "../origins/origins.ts";
import { hostRefusal, originRefusal } from "../origins/refusals.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { countSocket } from "../telemetry/stream-metrics.ts";
import { CLOSINGS, type Closing } from "./closings.ts";
import type { Gate } from "./gate.ts";
import type { Connection, Peer } from "./protocol.ts";
import { createWriter } from "./writer.ts";

/** How long a client may take to close too; a slow one reads up to the reason meanwhile. */
const CLOSE_MS_MAX = 5_000;
/** The same, while the router stops. */
const STOP_MS_MAX = 1_000;
/** The error code of ws. */
const FRAME_TOO_LARGE = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

/** What is known of a client from its upgrade. */
export interface SocketClient extends Pick<RouterContext, "address" | "client"> {
  readonly isProxied: boolean;
}

interface SocketOptions {
  readonly server: HttpServer;
  readonly path: string;
  connect(peer: Peer, client: SocketClient): Connection;
  readonly clientAddress: ClientAddress;
  readonly isProxied: ProxyCheck;
  readonly origins: Origins;
  readonly gate: Gate;
  readonly limits: Pick<Limits, "frameBytes" | "silenceMs" | "bufferedBytes">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Serves sockets at `path`. `stop` refuses new ones and closes all with 1001. */
export function serveSockets(options: SocketOptions): { stop(): Promise<void> } {
  const { server, limits, metrics, log } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  const closers = new Set<Close>();
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, options);
    if (refusal) return writeRawResponse(stream, refusal);
    const address = options.clientAddress(request);
    const waitMs = options.gate.waitMs(address);
    if (waitMs > 0) return writeRawResponse(stream, tooManySockets(waitMs));
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const isProxied = options.isProxied(request);
      const client = { address, client: requestClient(address, request), isProxied };
      const close = serve(socket, stream, client, options);
      closers.add(close);
      socket.once("close", () => closers.delete(close));
    });
  };
  server.on("upgrade", upgrade);
  const uncount = watchLevel("sockets", () => sockets.clients.size);
  refuseBadHandshakes(sockets);
  const pinging = setInterval(() => ping(sockets.clients, metrics), limits.silenceMs);
  pinging.unref();
  return {
    async stop() {
      uncount();
      server.off("upgrade", upgrade);
      server.on("upgrade", (_request, stream) => writeRawResponse(stream, GOING_AWAY));
      clearInterval(pinging);
      const closed = [...sockets.clients].map(
        (socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())),
      );
      for (const close of closers) close(CLOSINGS.goingAway);
      const terminating = setTimeout(() => {
        log.info({ count: sockets.clients.size }, "terminating sockets that did not close");
        for (const socket of sockets.clients) socket.terminate();
      }, STOP_MS_MAX);
      await Promise.all(closed);
      clearTimeout(terminating);
    },
  };
}

/** A browser names the origin of its page. Other clients send none. */
function refusalOf(
  request: IncomingMessage,
  { path, origins }: Pick<SocketOptions, "path" | "origins">,
): RawRefusal | null {
  const oddTarget = targetMistake(request);
  if (oddTarget) return { status: 400, message: oddTarget };
  if (request.url?.split("?", 1)[0] !== path) return NOT_FOUND;
  const refusal = hostRefusal(origins, request) ?? originRefusal(origins, request.headers.origin);
  return refusal && { ...refusal, code: "FORBIDDEN" };
}

const NOT_FOUND: RawRefusal = {
  status: 404,
  message: "There is no WebSocket at this address.",
  code: "NOT_FOUND",
};
const GOING_AWAY: RawRefusal = {
  status: 503,
  message: "This router is going away: connect to another.",
  code: "SUBGRAPH_UNAVAILABLE",
};

function tooManySockets(waitMs: number): RawRefusal {
  return {
    status: 429,
    message: `Too many sockets at once: wait ${waitMs} ms.`,
    code: "RATE_LIMITED",
    facts: { retryAfterMs: waitMs },
    head: [`Retry-After: ${Math.ceil(waitMs / 1000)}`],
  };
}

const silent = new WeakSet<WebSocket>();

/** Terminates sockets that have not answered the last ping, and pings the others. */
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

type Close = (closing: Closing) => void;

function serve(
  socket: WebSocket,
  stream: Duplex,
  client: SocketClient,
  options: SocketOptions,
): Close {
  const { limits, metrics, log } = options;
  // Many streams of one socket can each have frames ahead. Over the limit the socket is closed,
  // which ends them; a client that reads soon enough gets the reason.
  const writer = createWriter(socket, stream, {
    bytesMax: limits.bufferedBytes,
    onTooMuch() {
      if (socket.readyState !== socket.OPEN) return;
      metrics.refusal("bufferedBytes");
      close(CLOSINGS.tooSlow);
    },
  });
  const closed = countSocket(writer);
  socket.once("close", (code: number) => closed(code));
  const close: Close = (closing) => {
    connection.end();
    if (closing === CLOSINGS.initTimeout) metrics.refusal("greetingMs");
    // Frames from before the close go first.
    writer.flush();
    socket.close(closing.code, closing.reason);
    terminateSoon(socket);
  };
  const send = (...frames: readonly string[]) =>
    writer.enqueue(frames.map((frame) => [Buffer.from(frame)]));
  const connection = options.connect({ writer, send, close }, client);
  // ws has closed the socket by then, with the right code: for a frame too large, or text that is
  // not UTF-8.
  socket.on("error", (error) => {
    connection.end();
    terminateSoon(socket);
    if ("code" in error && error.code === FRAME_TOO_LARGE) metrics.refusal("frameBytes");
    log.debug({ err: error }, "a client broke the WebSocket protocol");
  });
  socket.once("close", connection.end);
  if (socket.protocol === GRAPHQL_TRANSPORT_WS_PROTOCOL) {
    listen(socket, connection, close, options);
  } else close(CLOSINGS.otherProtocol);
  return close;
}

/** A client that does not read does not see the close frame either. */
function terminateSoon(socket: WebSocket): void {
  const terminating = setTimeout(() => socket.terminate(), CLOSE_MS_MAX);
  socket.once("close", () => clearTimeout(terminating));
}

/** Passes frames on; a socket that sends too many is closed. */
function listen(
  socket: WebSocket,
  connection: Connection,
  close: Close,
  { gate, log }: SocketOptions,
): void {
  const isFrameAllowed = gate.frameCounter();
  const accept = () => {
    if (socket.readyState !== socket.OPEN) return false;
    if (isFrameAllowed()) return true;
    close(CLOSINGS.tooManyFrames);
    return false;
  };
  socket.on("ping", accept);
  socket.on("pong", () => {
    silent.delete(socket);
    accept();
  });
  socket.on("message", (raw: Buffer, isBinary) => {
    if (!accept()) return;
    // ws has checked text frames only.
    if (isBinary && !isUtf8(raw)) return close(CLOSINGS.invalidMessage);
    connection.receive(String(raw)).catch((error: unknown) => {
      log.error({ err: error }, "a frame could not be handled");
      close(CLOSINGS.broken);
    });
  });
}
