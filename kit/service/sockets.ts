// Serves a subgraph's subscriptions over graphql-ws. One socket carries operations of many viewers,
// each with an identity token in `extensions`; an operation without one runs as the identity of
// `connection_init`. Queries and mutations come over HTTP.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError, type GraphQLSchema, getOperationAST } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";
import { systemClock } from "#kit/clock";
import { fail, maskError } from "#kit/errors";
import { failedIterator } from "#kit/live/iterators";
import { readLiveDirectives } from "#kit/live/shared/live-directives";
import { liveModeOf } from "#kit/live/shared/live-modes";
import { createSubscribe, type SubscriptionArgs } from "#kit/live/shared/subscribing";
import { createWindows, type Subscriber, type Window } from "#kit/live/windows";
import { type RawRefusal, writeRawResponse } from "#kit/service/broken-requests";
import { documentParser, type ParsedDocument } from "#kit/service/documents";
import { refuseBadHandshakes } from "#kit/service/handshakes";
import { type Log, reportError } from "#kit/service/logger";
import { Receiver } from "#kit/service/receivers";
import { type RequestContext, requestContext } from "#kit/service/request";
import { measureSockets, type RouterSocket } from "#kit/service/subgraph-metrics";
import { targetMistake } from "#kit/service/targets";
import { traceIdOf } from "#kit/service/trace";
import type { VerifyIdentity } from "#kit/trust/identity";

interface SocketOptions {
  /** The subgraph. */
  readonly name: string;
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly verify: VerifyIdentity;
  readonly log: Log;
  createContext(request: RequestContext): RequestContext;
}

const FRAME_BYTES_MAX = 1024 * 1024;
const INIT_TIMEOUT_MS = 5_000;
const PATH = "/graphql";
const NOTHING_THERE: RawRefusal = {
  status: 404,
  message: "There is no WebSocket at this address.",
  code: "NOT_FOUND",
};

/** Serves subscriptions at `/graphql` of `server`. */
export function serveSubscriptions(options: SocketOptions): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_BYTES_MAX,
    WebSocket: Receiver,
  });
  refuseBadHandshakes(sockets);
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const oddTarget = targetMistake(request);
    if (oddTarget) return writeRawResponse(stream, { status: 400, message: oddTarget });
    if (request.url?.split("?", 1)[0] !== PATH) return writeRawResponse(stream, NOTHING_THERE);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      sockets.emit("connection", socket, request);
    });
  };
  options.server.on("upgrade", upgrade);
  const windows = createWindows();
  const open = new Set<RouterSocket>();
  const unmeasure = measureSockets(options.name, open);
  const operationOptions = { ...options, read: documentParser(options.schema) };
  const subscribe = createSubscribe(readLiveDirectives(options.schema), options.createContext);
  const served = useServer(
    {
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      async onConnect(socket) {
        open.add(socket);
        return options.verify(socket.connectionParams?.identity).then(
          () => true,
          () => false,
        );
      },
      onClose: (socket) => void open.delete(socket),
      onSubscribe: (socket, id, payload) =>
        authenticate(operationOptions, payload, {
          connectionToken: socket.connectionParams?.identity,
          openWindow: () => windows.open(socket, id, payload.extensions?.window),
        }),
      onPing: (socket, payload) => windows.receivePing(socket, payload),
      onComplete: (socket, id) => windows.close(socket, id),
      subscribe: (args) => subscribe(args as SubscriptionArgs).catch(failedIterator),
      onError(_socket, _id, payload, errors) {
        const traceId = traceIdOf(payload.extensions?.traceparent);
        for (const error of errors) reportError(options.log, error, { traceId });
        return errors.map((error) => maskError(error, traceId).toJSON());
      },
    },
    sockets,
  );
  return {
    async stop() {
      options.server.off("upgrade", upgrade);
      await served.dispose();
      unmeasure();
    },
  };
}

interface OperationOptions extends SocketOptions {
  readonly read: (query: string) => ParsedDocument;
}

/** The socket of an operation. */
interface OperationSocket {
  /** The identity token in `connection_init`. */
  readonly connectionToken: unknown;
  openWindow(): Window | null;
}

/**
 * Authenticates an operation and parses it. A bad token of the operation is never replaced by that
 * of `connection_init`. Never throws: that would close the socket, and with it the streams of all
 * other viewers.
 */
async function authenticate(
  { schema, verify, log, read }: OperationOptions,
  payload: SubscribePayload,
  { connectionToken, openWindow }: OperationSocket,
): Promise<SubscriptionArgs | readonly GraphQLError[]> {
  try {
    const { identity: token = connectionToken } = payload.extensions ?? {};
    const identity = await verify(token);
    const traceId = traceIdOf(payload.extensions?.traceparent);
    const mode = liveModeOf(payload.extensions?.live, identity);
    const parsed = read(payload.query);
    if (parsed.kind === "invalid") return parsed.errors;
    const { document } = parsed;
    const operation = getOperationAST(document, payload.operationName);
    if (operation?.operation !== "subscription") {
      return [fail("BAD_REQUEST", "Only subscriptions are served here; send the rest over HTTP.")];
    }
    const feed = mode?.mode === "feed" ? mode.shareKey : null;
    const window = openWindow();
    const subscriber = subscriberOf(payload.extensions?.subscriber, window);
    return {
      schema,
      document,
      operationName: payload.operationName,
      variableValues: payload.variables,
      request: requestContext(identity, traceId, log, systemClock, { feed, subscriber }),
      operation,
      mode,
      window,
    };
  } catch (error) {
    return [error instanceof GraphQLError ? error : maskError(error, traceIdOf(undefined))];
  }
}

const subscriberId = z.string().min(1).max(64);

/** A subscriber needs a window: without one nobody acknowledges events. */
function subscriberOf(requested: unknown, window: Window | null): Subscriber | null {
  const { data: id } = subscriberId.safeParse(requested);
  if (id === undefined || !window) return null;
  return { id, whenReceived: (onReceived) => window.whenReceived(onReceived) };
}
