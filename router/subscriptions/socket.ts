// WebSockets at the door: who may upgrade and how often, how large and how frequent frames may be,
// pings, and that no more waits for a client than it may. What the frames say is protocol.ts'
// concern.
import { isUtf8 } from "node:buffer";
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { type RawRefusal, writeRawResponse } from "#kit/service/broken-requests";
import { refuseBadHandshakes } from "#kit/service/handshakes";
import type { Log } from "#kit/service/logger";
import { targetMistake } from "#kit/service/targets";
import type { ClientAddress } from "../clients/address.ts";
import type { Limits } from "../limits/limits.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { CLOSINGS, type Closing } from "./closings.ts";
import type { Gate } from "./gate.ts";
import type { Conversation, Peer } from "./protocol.ts";
import { createWriter } from "./writer.ts";

/** Time for a client to close too; for a slow one, to read up to the reason. */
const CLOSE_WITHIN_MS = 5_000;
/** The same while the router stops. */
const LEAVE_WITHIN_MS = 1_000;
/** How ws names it. */
const FRAME_TOO_LARGE = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

interface SocketOptions {
  readonly server: HttpServer;
  readonly path: string;
  /** Begins a conversation with who comes from `address`, as it is counted. */
  converse(peer: Peer, address: string): Conversation;
  readonly clientAddress: ClientAddress;
  readonly gate: Gate;
  readonly limits: Pick<Limits, "frameBytes" | "silenceMs" | "bufferedBytes">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Converses with who connects at `path`. `stop` refuses new sockets and closes all with 1001. */
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
    const refusal = refusalOf(request, options.path);
    if (refusal) return writeRawResponse(stream, refusal);
    const address = options.clientAddress(request);
    const waitMs = options.gate.waitMs(address);
    if (waitMs > 0) return writeRawResponse(stream, tooManySockets(waitMs));
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const close = serve(socket, stream, address, options);
      closers.add(close);
      socket.once("close", () => closers.delete(close));
    });
  };
  server.on("upgrade", upgrade);
  refuseBadHandshakes(sockets);
  const pinging = setInterval(() => ping(sockets.clients, metrics), limits.silenceMs);
  pinging.unref();
  return {
    async stop() {
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
      }, LEAVE_WITHIN_MS);
      await Promise.all(closed);
      clearTimeout(terminating);
    },
  };
}

/**
 * A browser says from which page it comes, and only our own may open a socket. Others send no
 * origin.
 */
function refusalOf(request: IncomingMessage, path: string): RawRefusal | null {
  const oddTarget = targetMistake(request);
  if (oddTarget) return { status: 400, message: oddTarget };
  if (request.url?.split("?", 1)[0] !== path) return NOTHING_THERE;
  const { origin, host } = request.headers;
  if (origin === undefined) return null;
  return URL.canParse(origin) && new URL(origin).host === host ? null : FOREIGN_PAGE;
}

const NOTHING_THERE: RawRefusal = {
  status: 404,
  message: "There is no WebSocket at this address.",
  code: "NOT_FOUND",
};
const FOREIGN_PAGE: RawRefusal = {
  status: 403,
  message: "Pages of other sites open no sockets here.",
  code: "FORBIDDEN",
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

type Close = (closing: Closing) => void;

function serve(socket: WebSocket, stream: Duplex, address: string, options: SocketOptions): Close {
  const { limits, metrics, log } = options;
  // Many streams of one socket can each wait with a frame. Beyond the limit it is closed, which
  // ends them; a client that reads on soon enough learns why.
  const writer = createWriter(socket, stream, {
    bytesMax: limits.bufferedBytes,
    onTooMuch() {
      if (socket.readyState !== socket.OPEN) return;
      metrics.refusal("bufferedBytes");
      close(CLOSINGS.tooSlow);
    },
  });
  const close: Close = (closing) => {
    conversation.end();
    if (closing === CLOSINGS.notGreeted) metrics.refusal("greetingMs");
    // What was said before goes before.
    writer.flush();
    socket.close(closing.code, closing.reason);
    terminateSoon(socket);
  };
  const send = (...frames: readonly string[]) =>
    writer.gather(frames.map((frame) => [Buffer.from(frame)]));
  const conversation = options.converse({ writer, send, close }, address);
  // ws has closed the socket by then, with the code that fits: a frame too large, text that is not
  // UTF-8.
  socket.on("error", (error) => {
    conversation.end();
    terminateSoon(socket);
    if ("code" in error && error.code === FRAME_TOO_LARGE) metrics.refusal("frameBytes");
    log.debug({ err: error }, "a client broke the WebSocket protocol");
  });
  socket.once("close", conversation.end);
  if (socket.protocol === GRAPHQL_TRANSPORT_WS_PROTOCOL) {
    listen(socket, conversation, close, options);
  } else close(CLOSINGS.otherProtocol);
  return close;
}

/** A client that does not read what was said does not hear either that it shall close. */
function terminateSoon(socket: WebSocket): void {
  const terminating = setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS);
  socket.once("close", () => clearTimeout(terminating));
}

/** Hands on what is said; whoever says too much is closed. */
function listen(
  socket: WebSocket,
  conversation: Conversation,
  close: Close,
  { gate, log }: SocketOptions,
): void {
  const isFrameAllowed = gate.frameCounter();
  const admit = () => {
    if (socket.readyState !== socket.OPEN) return false;
    if (isFrameAllowed()) return true;
    close(CLOSINGS.tooManyFrames);
    return false;
  };
  socket.on("ping", admit);
  socket.on("pong", () => {
    silent.delete(socket);
    admit();
  });
  socket.on("message", (raw: Buffer, isBinary) => {
    if (!admit()) return;
    // ws has looked at text alone.
    if (isBinary && !isUtf8(raw)) return close(CLOSINGS.invalidMessage);
    conversation.receive(String(raw)).catch((error: unknown) => {
      log.error({ err: error }, "a frame could not be handled");
      close(CLOSINGS.broken);
    });
  });
}
