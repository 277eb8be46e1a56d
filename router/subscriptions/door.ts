// The WebSocket door: graphql-transport-ws in front of the same pipeline as HTTP. A socket is
// greeted once, and its token is judged again for every operation. It streams what the executor
// planned, and knows no plan itself.
import type { Server as HttpServer } from "node:http";
import type { ApolloServer } from "@apollo/server";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import { z } from "zod";
import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/service/logger";
import { traceIdOf } from "#kit/service/trace";
import type { Identity } from "#kit/trust/identity";
import type { ClientAddress } from "../clients/address.ts";
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
import type { EndedSessions } from "../sessions/ended.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { type Acknowledgements, createAcknowledgements } from "./acknowledgements.ts";
import { createClientStreams, type OpenClientStream } from "./client-streams.ts";
import { CLOSINGS, type Closing } from "./closings.ts";
import type { Gate } from "./gate.ts";
import { isPlaceholder } from "./messages.ts";
import type { Outcome } from "./operations.ts";
import { type ConnectionParams, type Conversation, converse, type Peer } from "./protocol.ts";
import { serveSockets } from "./socket.ts";

interface DoorOptions {
  readonly server: HttpServer;
  readonly path: string;
  readonly apollo: ApolloServer<RouterContext>;
  readonly authenticator: Authenticator;
  readonly ended: EndedSessions;
  readonly graph: Graph;
  readonly clientAddress: ClientAddress;
  readonly gate: Gate;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Who is at the other end of a socket. */
interface Client {
  readonly address: string;
  /** What its greeting said of it; of the rest nothing is kept. */
  readonly authorization: unknown;
  readonly subscriberId: string | undefined;
}

const subscriberIdShape = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .nullish()
  .transform((given) => given ?? undefined);

const DRAIN_MS_MAX = 5_000;

/**
 * Serves GraphQL over WebSocket. `stop` lets answers under way finish, for at most 5 seconds, then
 * closes.
 */
export function serveSubscriptions(options: DoorOptions): { stop(): Promise<void> } {
  const running = new Set<Promise<unknown>>();
  let isStopping = false;
  const open = createClientStreams(options);
  const runUntilStop = async (client: Client, payload: SubscribePayload) => {
    if (isStopping) throw new RefusedError([goingAway().toJSON()]);
    const answer = run(options, open, client, payload);
    running.add(answer);
    return answer.finally(() => running.delete(answer));
  };
  const sockets = serveSockets({
    ...options,
    converse: (peer, address) => receive(peer, address, runUntilStop, options),
  });
  return {
    async stop() {
      isStopping = true;
      await Promise.race([Promise.allSettled([...running]), passed(DRAIN_MS_MAX)]);
      // What was answered leaves in this turn.
      await new Promise(setImmediate);
      await sockets.stop();
    },
  };
}

/** Converses with one client for as long as its token is good. */
function receive(
  peer: Peer,
  address: string,
  run: (client: Client, payload: SubscribePayload) => Promise<Outcome>,
  options: DoorOptions,
): Conversation {
  const { limits, metrics, log } = options;
  let client: Client = { address, authorization: undefined, subscriberId: undefined };
  let receipts: Acknowledgements | undefined;
  let isEnded = false;
  let callOff = () => {};
  const conversation = converse(peer, {
    greetingMs: limits.greetingMs,
    async greet(params) {
      const { data: subscriberId, success } = subscriberIdShape.safeParse(params.subscriberId);
      if (!success) return CLOSINGS.badSubscriberId;
      client = { address, authorization: authorizationOf(params), subscriberId };
      const admission = await admit(options, client);
      if (admission.kind === "refused") return admission.closing;
      // A socket has one token for ever, and clients of the protocol go on using an open one: this
      // makes them come again with another token.
      const finish = () => conversation.finish(CLOSINGS.forbidden);
      if (isEnded) return null;
      callOff = options.ended.whenOver(admission.identity, finish);
      if (subscriberId !== undefined) receipts = createAcknowledgements((ping) => peer.send(ping));
      return null;
    },
    async run(payload, count) {
      if (count <= limits.socketOperations) return run(client, payload);
      metrics.refusal("socketOperations");
      throw new RefusedError([tooManyOperations(limits.socketOperations).toJSON()]);
    },
    acknowledgements: () => receipts,
    errorsOf: (error) => errorsOf(error, log),
  });
  return {
    ...conversation,
    end() {
      isEnded = true;
      callOff();
      receipts?.stop();
      conversation.end();
    },
  };
}

type Greeted =
  | { readonly kind: "admitted"; readonly identity: Identity }
  | { readonly kind: "refused"; readonly closing: Closing };

async function admit({ authenticator }: DoorOptions, { authorization }: Client): Promise<Greeted> {
  try {
    return { kind: "admitted", identity: await authenticator.identify(authorization) };
  } catch (error) {
    const isOutage =
      error instanceof GraphQLError && error.extensions.code === "SUBGRAPH_UNAVAILABLE";
    return { kind: "refused", closing: isOutage ? CLOSINGS.tryAgainLater : CLOSINGS.forbidden };
  }
}

/** Runs an operation. Rejects with a {@link RefusedError} alone. */
async function run(
  options: DoorOptions,
  open: OpenClientStream,
  { address, authorization, subscriberId }: Client,
  payload: SubscribePayload,
): Promise<Outcome> {
  const traceId = traceIdOf(payload.extensions?.traceparent);
  try {
    const identity = await options.authenticator.identify(authorization);
    const accepted: PlannedSubscription[] = [];
    const accept = (subscription: PlannedSubscription) => accepted.push(subscription);
    const { body } = await options.apollo.executeOperation(requestOf(payload), {
      contextValue: {
        identity,
        address,
        traceId,
        startedAt: Date.now(),
        accept,
      },
    });
    const [subscription] = accepted;
    if (subscription) return open(subscription, { identity, traceId, subscriberId });
    invariant(body.kind === "single", "an answer came in parts");
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

/** By any case of the name: browsers' tools send the headers that a person typed. */
function authorizationOf(params: ConnectionParams): unknown {
  const name = Object.keys(params).find((key) => key.toLowerCase() === "authorization");
  return name === undefined ? undefined : params[name];
}

/** Anything but a refusal is a bug of ours, which costs its operation and not the socket. */
function errorsOf(error: unknown, log: Log): readonly GraphQLFormattedError[] {
  if (error instanceof RefusedError) return error.errors;
  const traceId = traceIdOf(undefined);
  logErrors(log, [asGraphQLError(error)], { traceId });
  return [clientError(error, traceId).toJSON()];
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
