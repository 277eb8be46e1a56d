// The WebSocket door: graphql-transport-ws in front of the same pipeline as HTTP. A socket is
// greeted once, and its token is judged again for every operation. It streams what the executor
// planned, and knows no plan itself.
import type { Server as HttpServer } from "node:http";
import type { ApolloServer } from "@apollo/server";
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
} from "graphql";
import { CloseCode, type Context, makeServer, type SubscribePayload } from "graphql-ws";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/identity";
import { invariant } from "#kit/invariant";
import { failedIterator } from "#kit/iterators";
import type { Log } from "#kit/log";
import { traceIdOf } from "#kit/trace";
import type { ClientAddress } from "../address.ts";
import type { RouterContext } from "../context.ts";
import { asGraphQLError, clientError, fromFormatted, logErrors, RefusedError } from "../errors.ts";
import type { PlannedSubscription } from "../execution/plan.ts";
import type { Limits } from "../policy/limits.ts";
import type { EndedSessions } from "../sessions/ended.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Upstream } from "../upstream/subscriptions.ts";
import type { Authenticator } from "../viewer.ts";
import { acceptingIds, isStandIn } from "./by-id.ts";
import type { Gate } from "./gate.ts";
import { type SocketExtra, serveSockets } from "./socket.ts";
import { openStream } from "./stream.ts";

interface DoorOptions {
  readonly server: HttpServer;
  readonly path: string;
  readonly apollo: ApolloServer<RouterContext>;
  readonly schema: GraphQLSchema;
  readonly authenticator: Authenticator;
  readonly ended: EndedSessions;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly clientAddress: ClientAddress;
  readonly gate: Gate;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Log;
}

type Socket = Context<Record<string, unknown>, SocketExtra>;
type Streamed = AsyncIterableIterator<ExecutionResult>;

/** What graphql-ws carries from `onSubscribe` to `execute`. */
interface Arguments extends ExecutionArgs {
  readonly socket: Socket;
  readonly payload: SubscribePayload;
}

const DRAIN_MS_MAX = 5_000;
const TRY_AGAIN_LATER = 1013;

/**
 * graphql-ws wants to see a document in order to choose between two functions; ours are one and
 * parse themselves.
 */
const ANY_DOCUMENT = {
  kind: Kind.DOCUMENT,
  definitions: [
    {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
    },
  ],
} as const;

/**
 * Serves GraphQL over WebSocket. `stop` lets answers under way finish, for at most 5 seconds, then
 * closes.
 */
export function serveSubscriptions(options: DoorOptions): { stop(): Promise<void> } {
  const { limits } = options;
  const running = new Set<Promise<unknown>>();
  let isStopping = false;
  const protocol = makeServer<Record<string, unknown>, SocketExtra>({
    connectionInitWaitTimeout: limits.greetingMs,
    onConnect: (socket) => greet(options, socket),
    onSubscribe(socket, _id, payload) {
      if (Object.keys(socket.subscriptions).length > limits.socketOperations) {
        options.metrics.refusal("socketOperations");
        return [tooManyOperations(limits.socketOperations)];
      }
      const args: Arguments = { schema: options.schema, document: ANY_DOCUMENT, socket, payload };
      return args;
    },
    execute(args) {
      const { socket, payload } = args as Arguments;
      if (isStopping) return failedIterator(new RefusedError([goingAway().toJSON()]));
      const answer = run(options, socket, payload);
      running.add(answer);
      answer.finally(() => running.delete(answer));
      return answer;
    },
    onError: (_socket, _id, _payload, errors) => errors.flatMap(reasonsOf),
  });
  const sockets = serveSockets({ ...options, protocol: acceptingIds(protocol) });
  return {
    async stop() {
      isStopping = true;
      await Promise.race([Promise.allSettled([...running]), passed(DRAIN_MS_MAX)]);
      await sockets.stop();
    },
  };
}

/** Admits a socket; a bad token closes it with 4403, at once or when it is good no more. */
async function greet({ authenticator, ended }: DoorOptions, socket: Socket): Promise<boolean> {
  try {
    const identity = await authenticator.identify(authorizationOf(socket));
    const { extra } = socket;
    if (extra.socket.readyState !== extra.socket.OPEN) return false;
    extra.socket.once(
      "close",
      ended.whenOver(identity, () => closeAfterAnswers(extra)),
    );
    return true;
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions.code === "SUBGRAPH_UNAVAILABLE") {
      socket.extra.socket.close(TRY_AGAIN_LATER, "Try again later");
    }
    return false;
  }
}

/**
 * Closes a socket whose token is good no more, behind the answers that are under way and the errors
 * with which its streams end. A socket has one token for ever, and clients of the protocol go on
 * using an open one: 4403 makes them come again with another token.
 */
async function closeAfterAnswers({ socket, underWay }: SocketExtra): Promise<void> {
  await Promise.allSettled(underWay);
  socket.close(CloseCode.Forbidden, "Forbidden");
}

/**
 * Runs an operation. Never rejects: that would close the socket, and with it every other stream.
 */
async function run(
  options: DoorOptions,
  socket: Socket,
  payload: SubscribePayload,
): Promise<ExecutionResult | Streamed> {
  const traceId = traceIdOf(payload.extensions?.traceparent);
  try {
    const identity = await options.authenticator.identify(authorizationOf(socket));
    const accepted: PlannedSubscription[] = [];
    const accept = (subscription: PlannedSubscription) => accepted.push(subscription);
    const { body } = await options.apollo.executeOperation(requestOf(payload), {
      contextValue: {
        identity,
        address: socket.extra.address,
        traceId,
        startedAt: Date.now(),
        accept,
      },
    });
    const [subscription] = accepted;
    if (subscription) return stream(options, subscription, identity, traceId);
    invariant(body.kind === "single", "an answer came in parts");
    const { data, errors = [], extensions } = body.singleResult;
    if (data === undefined) throw new RefusedError(errors);
    return {
      data,
      ...(errors.length > 0 && { errors: fromFormatted(errors) }),
      ...(extensions && { extensions }),
    };
  } catch (error) {
    if (error instanceof RefusedError) return failedIterator(error);
    logErrors(options.log, [asGraphQLError(error)], { traceId });
    return failedIterator(new RefusedError([clientError(error, traceId).toJSON()]));
  }
}

function requestOf({ query, operationName, variables, extensions }: SubscribePayload) {
  return {
    ...(!isStandIn(query, extensions) && { query }),
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  };
}

function stream(
  { upstreams, ended, metrics }: DoorOptions,
  { subgraph, query, operationName, variables, complete }: PlannedSubscription,
  identity: Identity,
  traceId: string,
): Streamed {
  const upstream = upstreams.get(subgraph);
  invariant(upstream, "a subscription was planned for an unknown subgraph", { subgraph });
  const operation = { query, operationName, variables, identity, traceId };
  return openStream({
    subscribe: (sink) => upstream.subscribe(operation, sink),
    complete,
    whenOver: (onOver) => ended.whenOver(identity, onOver),
    traceId,
    onEnd: metrics.subscription(),
  });
}

/** By any case of the name: browsers' tools send the headers that a person typed. */
function authorizationOf({ connectionParams = {} }: Socket): unknown {
  const name = Object.keys(connectionParams).find((key) => key.toLowerCase() === "authorization");
  return name === undefined ? undefined : connectionParams[name];
}

/** graphql-ws wraps what an iterator throws. */
function reasonsOf(error: GraphQLError): readonly GraphQLFormattedError[] {
  const { originalError } = error;
  if (originalError instanceof RefusedError) return originalError.errors;
  return [clientError(error, traceIdOf(undefined)).toJSON()];
}

function tooManyOperations(most: number): GraphQLError {
  return fail("RATE_LIMITED", `A socket carries ${most} operations at once: end one.`);
}

function goingAway(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The server is going away: connect again.");
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
