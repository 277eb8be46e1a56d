// The one graphql-transport-ws socket to a subgraph: opened at the first subscription, pinged,
// given up when it falls silent, and never resumed by itself. A thousand operations may begin in a
// second, so it keeps no more of each than who hears of it.
// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
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
   * Starts an operation; its sink hears nothing before this returns. What a sink throws breaks the
   * socket.
   */
  subscribe(payload: SubscribePayload, sink: UpstreamSink): SubgraphOperation;
  /** Breaks all operations at once, and every one that would begin; it connects no more. */
  breakAll(): void;
  close(): void;
}

export interface SubgraphOperation {
  /** Ends it; the sink hears nothing more. */
  cancel(): void;
  /** Says that so many of its events were passed on, if it has begun. */
  consumed(count: number): void;
  /** Says that it need replay nothing. */
  joined(): void;
  /** Says that the client has received so many more of its events. */
  received(count: number): void;
}

interface SocketOptions {
  readonly name: string;
  /** The GraphQL address, over HTTP or HTTPS; the socket is at the same. */
  readonly url: URL;
  readonly mint: MintIdentity;
  readonly log: Log;
}

const FRAME_BYTES_MAX = 1024 * 1024;
const NORMAL_CLOSURE = 1000;

/** A connection to the subgraph, which is opened once. */
interface Line {
  /** Who hears of each operation that is not over, by its id. */
  readonly sinks: Map<string, UpstreamSink>;
  /** Operations that begin when the subgraph has greeted; null from then on. */
  waiting: Map<string, SubscribePayload> | null;
  say(message: Message): void;
  /** Breaks all operations. */
  lose(): void;
  close(): void;
}

export function createSubgraphSocket(options: SocketOptions): SubgraphSocket {
  const log = options.log.child({ subgraph: options.name });
  let lastId = 0;
  let open: Line | null = null;
  let hasLeft = false;
  return {
    subscribe(payload, sink) {
      if (hasLeft) return brokenOperation(sink);
      open ??= openLine({ ...options, log }, () => {
        open = null;
      });
      lastId += 1;
      return start(open, String(lastId), payload, sink);
    },
    breakAll() {
      hasLeft = true;
      open?.lose();
      open?.close();
    },
    close: () => open?.close(),
  };
}

/** An operation that breaks before it begins. */
export function brokenOperation(sink: UpstreamSink) {
  const breaking = setImmediate(() => sink.end([streamBroke()]));
  return { cancel: () => clearImmediate(breaking), consumed() {}, joined() {}, received() {} };
}

function start(
  line: Line,
  id: string,
  payload: SubscribePayload,
  sink: UpstreamSink,
): SubgraphOperation {
  line.sinks.set(id, sink);
  if (line.waiting) line.waiting.set(id, payload);
  else line.say({ id, type: MessageType.Subscribe, payload });
  return {
    cancel() {
      if (!line.sinks.delete(id) || line.waiting?.delete(id)) return;
      line.say({ id, type: MessageType.Complete });
    },
    consumed(count) {
      if (line.waiting) return;
      line.say({ type: MessageType.Ping, payload: { taken: { [id]: count } } });
    },
    joined: () => line.say({ type: MessageType.Ping, payload: { joined: [id] } }),
    received: (count) =>
      line.say({ type: MessageType.Ping, payload: { received: { [id]: count } } }),
  };
}

function openLine({ url, mint, log }: Omit<SocketOptions, "name">, onGone: () => void): Line {
  const socket = new WebSocket(url.href.replace(/^http/, "ws"), GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    maxPayload: FRAME_BYTES_MAX,
    perMessageDeflate: false,
  });
  const gather = gatherer();
  const line: Line = {
    sinks: new Map(),
    waiting: new Map(),
    say(message) {
      if (socket.readyState !== WebSocket.OPEN) return;
      gather.thisTurn();
      socket.send(JSON.stringify(message));
    },
    lose() {
      const lost = [...line.sinks.values()];
      line.sinks.clear();
      line.waiting?.clear();
      for (const sink of lost) sink.end([streamBroke()]);
    },
    close: () => socket.close(NORMAL_CLOSURE),
  };
  const silence = createHeartbeat(
    () => line.say({ type: MessageType.Ping }),
    () => socket.terminate(),
  );
  socket.on("upgrade", ({ socket: stream }) => gather.on(stream));
  socket.on("open", () => {
    const greet = (identity: string) =>
      line.say({ type: MessageType.ConnectionInit, payload: { identity } });
    mint(ANONYMOUS).then(greet, () => socket.terminate());
  });
  socket.on("message", (raw: Buffer) => {
    try {
      hear(line, parseMessage(String(raw)));
      // Whatever it says is a sign of life; a busy one may answer a ping late.
      if (!line.waiting) silence.received();
    } catch (error) {
      log.warn({ err: error }, "the subscription socket broke");
      socket.terminate();
    }
  });
  socket.on("error", (error) => log.warn({ err: error }, "the subscription socket broke"));
  socket.on("close", (code) => {
    log.info({ code }, "the subscription socket closed");
    silence.stop();
    onGone();
    line.lose();
  });
  return line;
}

function hear(line: Line, message: Message): void {
  switch (message.type) {
    case MessageType.ConnectionAck:
      greeted(line);
      break;
    case MessageType.Next:
      line.sinks.get(message.id)?.event(message.payload as FormattedExecutionResult);
      break;
    case MessageType.Error:
      over(line, message.id, message.payload);
      break;
    case MessageType.Complete:
      over(line, message.id, null);
      break;
    case MessageType.Ping:
      line.say({ ...message, type: MessageType.Pong });
  }
}

function greeted(line: Line): void {
  const { waiting } = line;
  line.waiting = null;
  for (const [id, payload] of waiting ?? []) {
    line.say({ id, type: MessageType.Subscribe, payload });
  }
}

function over(line: Line, id: string, errors: readonly GraphQLFormattedError[] | null): void {
  const sink = line.sinks.get(id);
  line.sinks.delete(id);
  sink?.end(errors);
}

/** Gathers what is said in a turn, so that a crowd that comes at once costs the network little. */
function gatherer() {
  let stream: Duplex | null = null;
  let isGathering = false;
  const release = () => {
    isGathering = false;
    stream?.uncork();
  };
  return {
    on(opened: Duplex) {
      stream = opened;
    },
    thisTurn() {
      if (isGathering || !stream) return;
      isGathering = true;
      stream.cork();
      setImmediate(release);
    },
  };
}

/** Why a stream ends that its subgraph did not end. */
export function streamBroke(): GraphQLFormattedError {
  const message = "The stream broke: subscribe again behind the last position you have.";
  return fail("SUBGRAPH_UNAVAILABLE", message).toJSON();
}
