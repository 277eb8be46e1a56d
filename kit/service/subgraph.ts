// The server of a subgraph: its SDL and resolvers over HTTP and graphql-ws, for the router only. A
// request needs the router's identity token, which is verified before anything else.
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { systemClock } from "#kit/clock";
import { redisShape } from "#kit/data/redis";
import { redisHealth } from "#kit/data/redis-metrics";
import { ERROR_CODES, isErrorCode, maskError } from "#kit/errors";
import { lagHealth } from "#kit/facts/lag";
import { enforceConstraints } from "#kit/input/constraints";
import { scalarResolvers } from "#kit/input/scalars";
import { adminAddress, port, readConfig, serviceShape } from "#kit/service/config";
import { type Check, createHealth } from "#kit/service/health";
import { createHttpServer } from "#kit/service/http-server";
import type { Service } from "#kit/service/lifecycle";
import { type Log, reportError } from "#kit/service/logger";
import { type PlainRoute, servePlainRoutes } from "#kit/service/plain-routes";
import { type RequestContext, requestContext } from "#kit/service/request";
import { loadSubgraphSdl } from "#kit/service/sdl";
import { serveSubscriptions } from "#kit/service/sockets";
import { countOperation, type SubgraphOperationKind } from "#kit/service/subgraph-metrics";
import { traceIdOf } from "#kit/service/trace";
import { startAdmin } from "#kit/telemetry/admin";
import { followRequests } from "#kit/telemetry/follow-requests";
import { activeSpan, statementsSoFar } from "#kit/telemetry/scope";
import { tallies } from "#kit/telemetry/tally";
import { CLIENT_HEADER, clientOf } from "#kit/trust/client";
import { enforceAuthorization, type Policies } from "#kit/trust/enforcement";
import {
  ANONYMOUS,
  createIdentityVerifier,
  IDENTITY_HEADER,
  type Identity,
} from "#kit/trust/identity";
import { keyFinder, keySetSetting } from "#kit/trust/keys";

/** The settings of every subgraph, except its database. */
export const subgraphShape = {
  ...serviceShape,
  PORT: port,
  ...redisShape,
  IDENTITY_KEY_SET: keySetSetting,
};

const subgraphSettings = () => readConfig(subgraphShape);
export type SubgraphConfig = ReturnType<typeof subgraphSettings>;

/** The exports of a feature's resolvers.ts. */
export type FeatureResolvers = Readonly<Record<string, object>>;

export interface SubgraphOptions<Context extends RequestContext> {
  readonly name: string;
  readonly config: SubgraphConfig;
  readonly log: Log;
  readonly features: readonly FeatureResolvers[];
  /** Decides the policies of the SDL; missing when the SDL names none. */
  readonly policies?: Policies<Context>;
  /** Makes the context of one request, or of one event of a subscription. */
  createContext(request: RequestContext): Context;
  /** Routes below the subgraph's name, which clients reach through the router. */
  readonly plainRoutes?: readonly PlainRoute<Context>[];
  /** Adds routes for the router beside `/graphql`. */
  readonly routes?: (app: FastifyInstance) => void;
  /** Readiness checks. */
  readonly checks: Readonly<Record<string, Check>>;
  /** Ends open streams before the sockets close. */
  readonly beforeStop?: () => void;
  /** Closes database and Redis after the last request. */
  readonly afterStop: () => Promise<void>;
}

const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** Starts the subgraph and listens. */
export async function startSubgraph<Context extends RequestContext>(
  options: SubgraphOptions<Context>,
): Promise<Service> {
  const { config, log } = options;
  const resolvable = subgraphSchema(options.name, options.features);
  const schema = enforceAuthorization(resolvable, options.policies ?? {});
  const verify = createIdentityVerifier(keyFinder(config.IDENTITY_KEY_SET));
  const apollo = createApollo<Context>(options.name, schema, log);
  await apollo.start();
  const health = createHealth(options.checks, () => ({ ...redisHealth(), ...lagHealth() }));
  const app = createHttpServer({ log, bodyBytesMax: BODY_BYTES_MAX, health });
  const identities = new WeakMap<object, Identity>();
  void app.register(async (guarded) => {
    guarded.addHook("onRequest", async (request) => {
      identities.set(request, await verify(request.headers[IDENTITY_HEADER]));
    });
    followRequests(guarded, { service: options.name, counts: () => log.isLevelEnabled("info") });
    const context = async (request: FastifyRequest) => {
      const identity = identities.get(request) ?? ANONYMOUS;
      const traceId = traceIdOf(request.headers.traceparent);
      const client = clientOf(request.headers[CLIENT_HEADER]);
      return options.createContext(requestContext(identity, traceId, log, systemClock, { client }));
    };
    guarded.post("/graphql", fastifyApolloHandler(apollo, { context }));
    servePlainRoutes(guarded, options.name, options.plainRoutes ?? [], context);
    options.routes?.(guarded);
  });
  const { createContext, name } = options;
  const sockets = serveSubscriptions({
    name,
    server: app.server,
    schema,
    verify,
    log,
    createContext,
  });
  const admin = await startAdmin(name, {
    ...adminAddress(config),
    health,
    log,
    summaries: summariesOf(config),
  });
  const url = await app.listen({ host: config.HOST, port: config.PORT });
  return {
    url,
    adminUrl: admin.url,
    log,
    async stop() {
      options.beforeStop?.();
      await sockets.stop();
      await apollo.stop();
      await app.close();
      await admin.stop();
      await options.afterStop();
    },
  };
}

function summariesOf({ REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix }: SubgraphConfig) {
  return { redisUrl, redisPrefix };
}

function createApollo<Context extends RequestContext>(
  name: string,
  schema: GraphQLSchema,
  log: Log,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Browsers do not come here: the only client is the router, which proves itself by its token.
    csrfPrevention: false,
    logger: log,
    formatError: (_formatted, error) => maskError(error, traceIdOf(undefined)).toJSON(),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      logRequests<Context>(name),
    ],
  });
}

/**
 * The executable schema of a subgraph: its SDL, the features' resolvers and the input limits.
 * `startSubgraph` adds authorization.
 */
export function subgraphSchema(name: string, features: readonly FeatureResolvers[]): GraphQLSchema {
  const resolvers: Record<
    string,
    GraphQLScalarType | Record<string, GraphQLFieldResolver<unknown, unknown>>
  > = {
    ...scalarResolvers,
  };
  for (const feature of features) {
    for (const [type, fields] of Object.entries(feature)) {
      resolvers[type] = { ...(resolvers[type] as object), ...fields };
    }
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(loadSubgraphSdl(name)), resolvers }]);
  return enforceConstraints(schema);
}

/**
 * Counts each answer, and logs it with the number of its SQL statements, and each error with its
 * trace id, which it also puts where masking finds it.
 */
function logRequests<Context extends RequestContext>(name: string): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse({ contextValue, operationName, operation, errors = [] }) {
          const { log, traceId } = contextValue;
          activeSpan()?.set({ "graphql.fields": rootFieldsOf(operation).join(" ") });
          const ms = performance.now() - startedAt;
          countOperation(name, kindOf(operation), errors, ms / 1_000);
          tallies.request(ms / 1_000, errors.some(isOurs));
          const facts = { fields: rootFieldsOf(operation), statements: statementsSoFar() };
          log.info({ traceId, operationName, ...facts, durationMs: Math.round(ms) }, "answered");
        },
        async didEncounterErrors({ errors, contextValue }) {
          const { log, traceId } = contextValue;
          for (const error of errors) {
            reportError(log, error, { traceId });
            error.extensions.traceId ??= traceId;
          }
        },
      };
    },
  };
}

function kindOf(operation: OperationDefinitionNode | undefined): SubgraphOperationKind {
  if (rootFieldsOf(operation).includes("_entities")) return "entities";
  return operation?.operation ?? "unknown";
}

/** Whether an error is no mistake of the client. */
function isOurs({ extensions: { code } }: GraphQLError): boolean {
  return !isErrorCode(code) || ERROR_CODES[code].httpStatus >= 500;
}

/** The name of an operation, or its root fields; `_entities` for an entity fetch. */
function rootFieldsOf(operation: OperationDefinitionNode | undefined): string[] {
  const selections = operation?.selectionSet.selections ?? [];
  return selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));
}
