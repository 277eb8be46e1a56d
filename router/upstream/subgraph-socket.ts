// The one graphql-transport-ws socket to a subgraph: opened with the first subscription, pinged,
// and closed when it falls silent. It resumes nothing. A thousand operations may begin in a second,
// so it keeps only the sink of each.
import type { Duplex } from "node:stream";
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import {
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  type Message,
  MessageType,
  parseMessage,
  type SubscribePayload,
} from "graphql-ws";
import { WebSocket } from "ws";
import { fail } from "#kit/errors";
import type { Log } from "#kit/service/logger";
import { ANONYMOUS, type MintIdentity } from "#kit/trust/identity";
import { createHeartbeat } from "./heartbeat.ts";
import type { UpstreamSink } from "./subscriptions.ts";

export interface SubgraphSocket {
  /**
   * Starts an operation; its sink is not called before this returns. An error that a sink throws
   * breaks the socket.
   */
  subscribe(payload: SubscribePayload, sink: UpstreamSink): SubgraphOperation;
  /** Breaks all operations at once, and each later one: it never connects again. */
  breakAll(): void;
  close(): void;
}

export interface SubgraphOperation {
  /** Cancels it; the sink gets nothing more. */
  cancel(): void;
  /** Reports that this many more events were passed on, if the socket is open. */
  consumed(count: number): void;
  /** Reports that no replay is needed. */
  joined(): void;
  /** Reports that the client has received this many more events. */
  received(count: number): void;
}

interface SocketOptions {
  readonly name: string;
  /** The GraphQL endpoint, `http` or `https`; the socket is at the same address. */
  readonly url: URL;
  readonly mint: MintIdentity;
  readonly log: Log;
}

const FRAME_BYTES_MAX = 1024 * 1024;
const NORMAL_CLOSURE = 1000;

/** One connection to the subgraph. */
interface Connection {
  /** The sinks of open operations, by id. */
  readonly sinks: Map<string, UpstreamSink>;
  /** Operations that start with `connection_ack`; null from then on. */
  waiting: Map<string, SubscribePayload> | null;
  send(message: Message): void;
  /** Breaks all operations. */
  breakAll(): void;
  close(): void;
}

export function createSubgraphSocket(options: SocketOptions): SubgraphSocket {
  const log = options.log.child({ subgraph: options.name });
  let lastId = 0;
  let open: Connection | null = null;
  let isBroken = false;
  return {
    subscribe(payload, sink) {
      if (isBroken) return brokenOperation(sink);
      open ??= connect({ ...options, log }, () => {
        open = null;
      });
      lastId += 1;
      return start(open, String(lastId), payload, sink);
    },
    breakAll() {
      isBroken = true;
      open?.breakAll();
      open?.close();
    },
    close: () => open?.close(),
  };
}

/** An operation that breaks before it starts. */
export function brokenOperation(sink: UpstreamSink) {
  const breaking = setImmediate(() => sink.end([streamBroke()]));
  return { cancel: () => clearImmediate(breaking), consumed() {}, joined() {}, received() {} };
}

function start(
  connection: Connection,
  id: string,
  payload: SubscribePayload,
  sink: UpstreamSink,
): SubgraphOperation {
  connection.sinks.set(id, sink);
  if (connection.waiting) connection.waiting.set(id, payload);
  else connection.send({ id, type: MessageType.Subscribe, payload });
  return {
    cancel() {
      if (!connection.sinks.delete(id) || connection.waiting?.delete(id)) return;
      connection.send({ id, type: MessageType.Complete });
    },
    consumed(count) {
      if (connection.waiting) return;
      connection.send({ type: MessageType.Ping, payload: { taken: { [id]: count } } });
    },
    joined: () => connection.send({ type: MessageType.Ping, payload: { joined: [id] } }),
    received: (count) =>
      connection.send({ type: MessageType.Ping, payload: { received: { [id]: count } } }),
  };
}

function connect({ url, mint, log }: Omit<SocketOptions, "name">, onClose: () => void): Connection {
  const socket = new WebSocket(url.href.replace(/^http/, "ws"), GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
  });
  const corker = createCorker();
  const connection: Connection = {
    sinks: new Map(),
    waiting: new Map(),
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return;
      corker.corkTurn();
      socket.send(JSON.stringify(message));
    },
    breakAll() {
      const lost = [...connection.sinks.values()];
      connection.sinks.clear();
      connection.waiting?.clear();
      for (const sink of lost) sink.end([streamBroke()]);
    },
    close: () => socket.close(NORMAL_CLOSURE),
  };
  const heartbeat = createHeartbeat(
    () => connection.send({ type: MessageType.Ping }),
    () => socket.terminate(),
  );
  socket.on("upgrade", ({ socket: stream }) => corker.use(stream));
  socket.on("open", () => {
    const init = (identity: string) =>
      connection.send({ type: MessageType.ConnectionInit, payload: { identity } });
    mint(ANONYMOUS).then(init, () => socket.terminate());
  });
  socket.on("message", (raw: Buffer) => {
    try {
      receive(connection, parseMessage(String(raw)));
      // Any message counts: a busy subgraph may answer a ping late.
      if (!connection.waiting) heartbeat.received();
    } catch (error) {
      log.warn({ err: error }, "the subscription socket broke");
      socket.terminate();
    }
  });
  socket.on("error", (error) => log.warn({ err: error }, "the subscription socket broke"));
  socket.on("close", (code) => {
    log.info({ code }, "the subscription socket closed");
    heartbeat.stop();
    onClose();
    connection.breakAll();
  });
  return connection;
}

function receive(connection: Connection, message: Message): void {
  switch (message.type) {
    case MessageType.ConnectionAck:
      acknowledged(connection);
      break;
    case MessageType.Next:
      connection.sinks.get(message.id)?.event(message.payload as FormattedExecutionResult);
      break;
    case MessageType.Error:
      endOperation(connection, message.id, message.payload);
      break;
    case MessageType.Complete:
      endOperation(connection, message.id, null);
      break;
    case MessageType.Ping:
      connection.send({ ...message, type: MessageType.Pong });
  }
}

function acknowledged(connection: Connection): void {
  const { waiting } = connection;
  connection.waiting = null;
  for (const [id, payload] of waiting ?? []) {
    connection.send({ id, type: MessageType.Subscribe, payload });
  }
}

function endOperation(
  connection: Connection,
  id: string,
  errors: readonly GraphQLFormattedError[] | null,
): void {
  const sink = connection.sinks.get(id);
  connection.sinks.delete(id);
  sink?.end(errors);
}

/** Writes the messages of one turn together: a thousand operations may start in one. */
function createCorker() {
  let stream: Duplex | null = null;
  let isCorked = false;
  const uncork = () => {
    isCorked = false;
    stream?.uncork();
  };
  return {
    use(opened: Duplex) {
      stream = opened;
    },
    corkTurn() {
      if (isCorked || !stream) return;
      isCorked = true;
      stream.cork();
      setImmediate(uncork);
    },
  };
}

/** The error of a stream that broke. */
export function streamBroke(): GraphQLFormattedError {
  const message = "The stream broke: subscribe again behind the last position you have.";
  return fail("SUBGRAPH_UNAVAILABLE", message).toJSON();
}
