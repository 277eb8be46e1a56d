// Serves graphql-transport-ws in front of the same pipeline as HTTP. The token of a socket is
// verified at `connection_init` and again for every operation. It opens the subscriptions that the
// executor planned, and knows no plan itself.
import type { Server as HttpServer } from "node:http";
import type { ApolloServer } from "@apollo/server";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { z } from "zod";
import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/service/logger";
import { newTraceId } from "#kit/service/trace";
import type { Identity } from "#kit/trust/identity";
import type { ClientAddress, ProxyCheck } from "../clients/address.ts";
import type { Authenticator } from "../clients/viewer.ts";
import {
  asGraphQLError,
  clientError,
  fromFormatted,
  logErrors,
  RefusedError,
} from "../errors/errors.ts";
import type { RouterContext } from "../execution/context.ts";
import type { PlannedSubscription } from "../execution/subscription.ts";
import type { Graph } from "../graph/graph.ts";
import type { Limits } from "../limits/limits.ts";
import type { Origins } from "../origins/origins.ts";
import type { IssuedTokens } from "../sessions/issued-tokens.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { traceRequest } from "../telemetry/request-traces.ts";
import { type Acknowledgements, createAcknowledgements } from "./acknowledgements.ts";
import { type SocketClient, serveSockets } from "./client-sockets.ts";
import { createClientStreams, type OpenClientStream } from "./client-streams.ts";
import { CLOSINGS, type Closing } from "./closings.ts";
import type { Gate } from "./gate.ts";
import { isPlaceholder } from "./messages.ts";
import type { Outcome } from "./operations.ts";
import { type Connection, type ConnectionParams, openConnection, type Peer } from "./protocol.ts";

interface ServerOptions {
  readonly server: HttpServer;
  readonly path: string;
  readonly apollo: ApolloServer<RouterContext>;
  readonly authenticator: Authenticator;
  readonly tokens: IssuedTokens;
  readonly graph: Graph;
  readonly clientAddress: ClientAddress;
  readonly isProxied: ProxyCheck;
  readonly origins: Origins;
  readonly gate: Gate;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** The client of one socket. */
interface Client extends SocketClient {
  /** From `connection_init`, of which nothing else is kept. */
  readonly authorization: unknown;
  readonly subscriberId: string | undefined;
}

const subscriberIdShape = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .nullish()
  .transform((id) => id ?? undefined);

const DRAIN_MS_MAX = 5_000;

/**
 * Serves GraphQL over WebSocket. `stop` waits at most 5 seconds for answers under way, then closes
 * all sockets.
 */
export function serveSubscriptions(options: ServerOptions): { stop(): Promise<void> } {
  const running = new Set<Promise<unknown>>();
  let isStopping = false;
  const openStream = createClientStreams(options);
  const runUntilStop = async (client: Client, payload: SubscribePayload) => {
    if (isStopping) throw new RefusedError([goingAway().toJSON()]);
    const answer = run(options, openStream, client, payload);
    running.add(answer);
    return answer.finally(() => running.delete(answer));
  };
  const sockets = serveSockets({
    ...options,
    connect: (peer, client) => connect(peer, client, runUntilStop, options),
  });
  return {
    async stop() {
      isStopping = true;
      await Promise.race([Promise.allSettled([...running]), passed(DRAIN_MS_MAX)]);
      // Answers are written at the end of this turn.
      await new Promise(setImmediate);
      await sockets.stop();
    },
  };
}

/** Serves one client until its session ends. */
function connect(
  peer: Peer,
  from: SocketClient,
  run: (client: Client, payload: SubscribePayload) => Promise<Outcome>,
  options: ServerOptions,
): Connection {
  const { limits, metrics, log } = options;
  let client: Client = { ...from, authorization: undefined, subscriberId: undefined };
  let acknowledgements: Acknowledgements | undefined;
  let isEnded = false;
  let cancelWhenOver = () => {};
  const connection = openConnection(peer, {
    greetingMs: limits.greetingMs,
    async init(params) {
      const { data: subscriberId, success } = subscriberIdShape.safeParse(params.subscriberId);
      if (!success) return CLOSINGS.badSubscriberId;
      client = { ...from, authorization: authorizationOf(params), subscriberId };
      const outcome = await authenticate(options, client);
      if (outcome.kind === "refused") return outcome.closing;
      // Clients keep using an open socket, and its token never changes: closing it makes them
      // connect with a new token.
      const finish = () => connection.finish(CLOSINGS.forbidden);
      if (isEnded) return null;
      cancelWhenOver = options.tokens.whenOver(outcome.identity, finish);
      if (subscriberId !== undefined)
        acknowledgements = createAcknowledgements((ping) => peer.send(ping));
      return null;
    },
    async run(payload, count) {
      if (count <= limits.socketOperations) return run(client, payload);
      metrics.refusal("socketOperations");
      throw new RefusedError([tooManyOperations(limits.socketOperations).toJSON()]);
    },
    acknowledgements: () => acknowledgements,
    errorsOf: (error) => errorsOf(error, log),
  });
  return {
    ...connection,
    end() {
      isEnded = true;
      cancelWhenOver();
      acknowledgements?.stop();
      connection.end();
    },
  };
}

type Authentication =
  | { readonly kind: "accepted"; readonly identity: Identity }
  | { readonly kind: "refused"; readonly closing: Closing };

async function authenticate(
  { authenticator }: ServerOptions,
  { authorization }: Client,
): Promise<Authentication> {
  try {
    return { kind: "accepted", identity: await authenticator.identify(authorization) };
  } catch (error) {
    const isOutage =
      error instanceof GraphQLError && error.extensions.code === "SUBGRAPH_UNAVAILABLE";
    return { kind: "refused", closing: isOutage ? CLOSINGS.tryAgainLater : CLOSINGS.forbidden };
  }
}

/** Runs an operation. Rejects only with a {@link RefusedError}. */
async function run(
  options: ServerOptions,
  openStream: OpenClientStream,
  { address, client, isProxied, authorization, subscriberId }: Client,
  payload: SubscribePayload,
): Promise<Outcome> {
  const startedAt = Date.now();
  const trace = traceRequest(payload.extensions?.traceparent, isProxied, startedAt);
  const { traceId } = trace;
  try {
    const identity = await options.authenticator.identify(authorization);
    const accepted: PlannedSubscription[] = [];
    const accept = (subscription: PlannedSubscription) => accepted.push(subscription);
    const { body } = await options.apollo.executeOperation(requestOf(payload), {
      contextValue: {
        identity,
        address,
        client,
        ...trace,
        startedAt,
        accept,
        cookies: null,
      },
    });
    const [subscription] = accepted;
    if (subscription) return openStream(subscription, { identity, traceId, subscriberId });
    invariant(body.kind === "single", "an answer was incremental");
    const { data, errors = [], extensions } = body.singleResult;
    if (data === undefined) throw new RefusedError(errors);
    return {
      data,
      ...(errors.length > 0 && { errors: fromFormatted(errors) }),
      ...(extensions && { extensions }),
    };
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    logErrors(options.log, [asGraphQLError(error)], { traceId });
    throw new RefusedError([clientError(error, traceId).toJSON()]);
  }
}

function requestOf({ query, operationName, variables, extensions }: SubscribePayload) {
  return {
    ...(!isPlaceholder(query, extensions) && { query }),
    ...(operationName && { operationName }),
    ...(variables && { variables }),
    ...(extensions && { extensions }),
  };
}

/** The name in any case: tools in a browser send headers as a person typed them. */
function authorizationOf(params: ConnectionParams): unknown {
  const name = Object.keys(params).find((key) => key.toLowerCase() === "authorization");
  return name === undefined ? undefined : params[name];
}

/** Anything but a refusal is our bug. It ends the operation, not the socket. */
function errorsOf(error: unknown, log: Log): readonly GraphQLFormattedError[] {
  if (error instanceof RefusedError) return error.errors;
  const traceId = newTraceId();
  logErrors(log, [asGraphQLError(error)], { traceId });
  return [clientError(error, traceId).toJSON()];
}

function tooManyOperations(max: number): GraphQLError {
  return fail("RATE_LIMITED", `A socket carries ${max} operations at once: end one.`);
}

function goingAway(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "The server is going away: connect again.");
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
