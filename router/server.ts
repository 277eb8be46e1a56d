// Puts the router together and takes it apart again in the right order: what faces clients goes
// first, what they wait for goes last.

import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createDoor } from "#kit/door";
import { createIdentityMint, type MintIdentity } from "#kit/identity";
import { importSigningKey } from "#kit/keys";
import type { Service } from "#kit/lifecycle";
import { createLog, type Log } from "#kit/log";
import { traceIdOf } from "#kit/trace";
import { type ClientAddress, createClientAddress } from "./address.ts";
import { createApollo } from "./apollo.ts";
import { type RouterConfig, urlSettingOf } from "./config.ts";
import type { RouterContext } from "./context.ts";
import { asGraphQLError, withHttpStatus } from "./errors.ts";
import { createExecutor } from "./execution/executor.ts";
import { readinessChecks } from "./health.ts";
import { servePages } from "./pages.ts";
import { type Budgets, createBudgets } from "./policy/budgets.ts";
import { createDocuments, type Documents } from "./policy/documents.ts";
import { openRedisLedger } from "./policy/ledger.ts";
import type { Limits } from "./policy/limits.ts";
import { readManifest } from "./policy/manifest.ts";
import { createEndedSessions } from "./sessions/ended.ts";
import { followEndedSessions } from "./sessions/follow.ts";
import { refuseUnanswerable } from "./status.ts";
import { serveSubscriptions } from "./subscriptions/door.ts";
import { createGate } from "./subscriptions/gate.ts";
import { loadSupergraph, readSupergraphFile, type Supergraph } from "./supergraph.ts";
import { createMetrics, type Metrics } from "./telemetry/metrics.ts";
import { createDataSource } from "./upstream/data-source.ts";
import { createSubgraphPool, type SubgraphPool } from "./upstream/pool.ts";
import { createUpstream, type Upstream } from "./upstream/subscriptions.ts";
import { type Authenticator, createAuthenticator } from "./viewer.ts";

const GRAPHQL_PATH = "/graphql";
const BODY_TOO_LARGE = 413;
const ADMIN_HOST = "127.0.0.1";
const KEY_SET_MAX_AGE_SECONDS = 60;
/** How long to wait, before listening, for the sessions that have ended. */
const BEGIN_WITHIN_MS = 2_000;

/** Loads the graph and listens. The subgraphs need not answer yet: readiness says when they do. */
export async function startRouter(
  config: RouterConfig,
  log: Log = createLog({ name: "router", level: config.logLevel }),
): Promise<Service> {
  const mint = createIdentityMint(await importSigningKey(config.identitySigningKey));
  const metrics = createMetrics();
  const shared = { limits: config.limits, metrics, log };
  const documents = await openDocuments(config);
  const { supergraph, pools } = await openSupergraph(config, { mint, metrics, log });
  const { authenticator, ended, following } = judgeTokens(config, mint, log);
  const upstreams = openUpstreams(pools, { mint, log });
  const budgets = await openBudgets(config, metrics, log);
  const clientAddress = createClientAddress(config.trustedProxies);
  const checks = { ...readinessChecks(pools), endedSessions: following.check };
  const door = createDoor({ log, ...limitsOf(shared), checks });
  const apollo = createApollo({
    supergraph,
    execute: createExecutor(supergraph, log),
    isProduction: config.isProduction,
    documents,
    budgets,
    ...shared,
    drain: () => door.close(),
  });
  await apollo.start();
  openDoor(door, apollo, { authenticator, clientAddress, metrics, config });
  const sockets = serveSubscriptions({
    server: door.server,
    path: GRAPHQL_PATH,
    apollo,
    authenticator,
    ended,
    upstreams,
    clientAddress,
    gate: createGate(config.rates, metrics),
    ...shared,
  });
  const admin = createAdmin(metrics, log);
  await following.begun(BEGIN_WITHIN_MS);
  const url = await door.listen({ host: config.host, port: config.port });
  const adminUrl = await admin.listen({ host: ADMIN_HOST, port: config.adminPort });
  return {
    url,
    adminUrl,
    log,
    async stop() {
      await sockets.stop();
      await apollo.stop();
      budgets?.stop();
      await Promise.all([...upstreams.values()].map((upstream) => upstream.stop()));
      authenticator.stop();
      following.stop();
      await Promise.all(pools.map((pool) => pool.close()));
      await supergraph.stop();
      await admin.close();
    },
  };
}

async function openDocuments(config: RouterConfig): Promise<Documents> {
  const { documentMode: mode, documentsFile, isProduction, limits } = config;
  const manifest = mode === "off" ? new Map() : await readManifest(documentsFile);
  return createDocuments({ mode, manifest, isProduction, limits });
}

/** Access tokens are judged by their keys, and by what is heard of sessions that have ended. */
function judgeTokens(config: RouterConfig, mint: MintIdentity, log: Log) {
  const { endedSessionsSource: source, redisUrl, redisPrefix, accessTokenJwksUrl } = config;
  const ended = createEndedSessions(log);
  const following = followEndedSessions({ source, redisUrl, redisPrefix, log, tell: ended.add });
  const authenticator = createAuthenticator({ jwksUrl: accessTokenJwksUrl, mint, ended, log });
  return { authenticator, ended, following };
}

/** The graph, and a pool of connections for each of its subgraphs. */
async function openSupergraph(
  config: RouterConfig,
  shared: { readonly mint: MintIdentity; readonly metrics: Metrics; readonly log: Log },
): Promise<{ readonly supergraph: Supergraph; readonly pools: readonly SubgraphPool[] }> {
  const pools = new Map<string, SubgraphPool>();
  const supergraph = await loadSupergraph({
    sdl: await readSupergraphFile(config.supergraphFile),
    log: shared.log,
    serve({ name, url }) {
      const setting = urlSettingOf(name);
      const pool = createSubgraphPool(name, new URL(config.subgraphUrls.get(setting) ?? url));
      pools.set(setting, pool);
      return createDataSource({ ...shared, limits: config.limits, pool });
    },
  });
  for (const setting of config.subgraphUrls.keys()) {
    if (!pools.has(setting)) shared.log.warn({ setting }, "this setting names no subgraph");
  }
  return { supergraph, pools: [...pools.values()] };
}

/** The limits of a request before it is one of GraphQL. */
function limitsOf({
  limits: { bodyBytes, requestMs },
  metrics,
}: {
  readonly limits: Limits;
  readonly metrics: Metrics;
}) {
  const onSlowRequest = () => metrics.refusal("requestMs");
  return { bodyBytesMax: bodyBytes, requestMsMax: requestMs, onSlowRequest };
}

/** The subscriptions of each subgraph, by its name. */
function openUpstreams(
  pools: readonly SubgraphPool[],
  shared: { readonly mint: MintIdentity; readonly log: Log },
): ReadonlyMap<string, Upstream> {
  return new Map(pools.map(({ name, url }) => [name, createUpstream({ ...shared, name, url })]));
}

/** Nothing is connected where rates are off. */
async function openBudgets(
  { rates, redisUrl: url, redisPrefix: prefix, limits }: RouterConfig,
  metrics: Metrics,
  log: Log,
): Promise<Budgets | null> {
  if (!rates) return null;
  const ledger = await openRedisLedger({ url, prefix, patienceMs: limits.rateMs, log });
  return createBudgets({ rates, ledger, metrics });
}

/** Everything that clients reach over HTTP. */
function openDoor(
  door: FastifyInstance,
  apollo: ApolloServer<RouterContext>,
  options: {
    readonly authenticator: Authenticator;
    readonly clientAddress: ClientAddress;
    readonly metrics: Metrics;
    readonly config: RouterConfig;
  },
): void {
  const { authenticator, clientAddress, metrics, config } = options;
  // Fastify would read any text as a body; a GraphQL request is JSON, and other sites' forms cannot
  // send that.
  door.removeContentTypeParser("text/plain");
  door.addHook("onResponse", async (_request, { statusCode }) => {
    if (statusCode === BODY_TOO_LARGE) metrics.refusal("bodyBytes");
  });
  const context = (request: FastifyRequest) =>
    contextOf(request, clientAddress(request.raw), authenticator);
  door.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    url: GRAPHQL_PATH,
    handler: fastifyApolloHandler(apollo, { context }),
  });
  door.get("/.well-known/jwks.json", async (_request, reply) => {
    const keySet = await authenticator.keySet();
    return reply.header("cache-control", `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`).send(keySet);
  });
  if (!config.isProduction) servePages(door);
}

/** Who asks over HTTP; a refusal carries its status, and nothing of the operation runs. */
async function contextOf(
  request: FastifyRequest,
  address: string,
  authenticator: Authenticator,
): Promise<RouterContext> {
  const startedAt = Date.now();
  refuseUnanswerable(request.headers.accept);
  const traceId = traceIdOf(request.headers.traceparent);
  const identity = await authenticator
    .identify(request.headers.authorization)
    .catch((error: unknown) => {
      throw withHttpStatus(asGraphQLError(error));
    });
  return { identity, address, traceId, startedAt, accept: null };
}

/** The door for operators, on this machine only. */
function createAdmin(metrics: Metrics, log: Log): FastifyInstance {
  const admin = createDoor({ log, bodyBytesMax: 1024, checks: {} });
  admin.get("/metrics", async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.print()),
  );
  return admin;
}
