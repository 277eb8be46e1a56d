// Starts and stops the router. When it stops, client connections close first, and the connections
// that running operations use close last.
import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { createHttpServer } from "#kit/service/http-server";
import type { Service } from "#kit/service/lifecycle";
import { createLog, type Log } from "#kit/service/logger";
import { traceIdOf } from "#kit/service/trace";
import { createIdentityMint } from "#kit/trust/identity";
import { importSigningKey } from "#kit/trust/keys";
import { createApollo } from "./apollo.ts";
import { type ClientAddress, createClientAddress } from "./clients/address.ts";
import type { Authenticator } from "./clients/viewer.ts";
import type { RouterConfig } from "./config.ts";
import { asGraphQLError, withHttpStatus } from "./errors/errors.ts";
import type { RouterContext } from "./execution/context.ts";
import { openGraph } from "./graph/graph.ts";
import { watchSupergraphFile } from "./graph/reload.ts";
import type { Limits } from "./limits/limits.ts";
import { servePages } from "./pages.ts";
import { readManifest } from "./policy/manifest.ts";
import { createDocuments, type Documents } from "./policy/trusted-documents.ts";
import { protectionOf } from "./protection.ts";
import { refuseUnanswerable } from "./status.ts";
import { createGate } from "./subscriptions/gate.ts";
import { serveSubscriptions } from "./subscriptions/subscription-server.ts";
import { createMetrics, type Metrics } from "./telemetry/metrics.ts";

const GRAPHQL_PATH = "/graphql";
const BODY_TOO_LARGE = 413;
const ADMIN_HOST = "127.0.0.1";
const KEY_SET_MAX_AGE_SECONDS = 60;
/** Connections that may wait to be accepted, when many clients reconnect at once. */
const BACKLOG = 4_096;
/** How long the start waits for the ended sessions. */
const BEGIN_WITHIN_MS = 2_000;

/** Loads the graph and listens. Subgraphs need not answer yet: readiness waits for them. */
export async function startRouter(
  config: RouterConfig,
  log: Log = createLog({ name: "router", level: config.logLevel }),
): Promise<Service> {
  const mint = createIdentityMint(await importSigningKey(config.identitySigningKey));
  const metrics = createMetrics();
  const shared = { limits: config.limits, metrics, log };
  const documents = await openDocuments(config);
  const { scalars, judgesOf, openClientChecks } = protectionOf(config);
  const graph = await openGraph(config, { scalars, judgesOf, mint, ...shared });
  const clientChecks = await openClientChecks({ mint, metrics, log });
  const { authenticator, ended, budgets } = clientChecks;
  const clientAddress = createClientAddress(config.trustedProxies);
  const app = createHttpServer({
    log,
    ...limitsOf(shared),
    checks: clientChecks.checksOf(graph.pools),
  });
  const apollo = createApollo({
    graph,
    isProduction: config.isProduction,
    documents,
    budgets,
    ...shared,
    drain: () => app.close(),
  });
  await apollo.start();
  addRoutes(app, apollo, { authenticator, clientAddress, metrics, config });
  const sockets = serveSubscriptions({
    server: app.server,
    path: GRAPHQL_PATH,
    apollo,
    authenticator,
    ended,
    graph,
    clientAddress,
    gate: createGate(config.guard?.rates ?? null, metrics),
    ...shared,
  });
  const admin = createAdmin(metrics, log);
  const unfollow = watchSupergraphFile(config.supergraphFile, graph, shared);
  await clientChecks.begun(BEGIN_WITHIN_MS);
  const url = await app.listen({ host: config.host, port: config.port, backlog: BACKLOG });
  const adminUrl = await admin.listen({ host: ADMIN_HOST, port: config.adminPort });
  return {
    url,
    adminUrl,
    log,
    async stop() {
      unfollow();
      await sockets.stop();
      await apollo.stop();
      clientChecks.stop();
      await graph.stop();
      await admin.close();
    },
  };
}

async function openDocuments(config: RouterConfig): Promise<Documents> {
  const { documentMode: mode, documentsFile, isProduction, limits } = config;
  const manifest = mode === "off" ? new Map() : await readManifest(documentsFile);
  return createDocuments({ mode, manifest, isProduction, limits });
}

/** The limits of an HTTP request, whatever it contains. */
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

/** Adds the routes that clients reach over HTTP. */
function addRoutes(
  app: FastifyInstance,
  apollo: ApolloServer<RouterContext>,
  options: {
    readonly authenticator: Authenticator;
    readonly clientAddress: ClientAddress;
    readonly metrics: Metrics;
    readonly config: RouterConfig;
  },
): void {
  const { authenticator, clientAddress, metrics, config } = options;
  // Other sites' forms can send text, but not JSON. Fastify accepts both by default.
  app.removeContentTypeParser("text/plain");
  app.addHook("onResponse", async (_request, { statusCode }) => {
    if (statusCode === BODY_TOO_LARGE) metrics.refusal("bodyBytes");
  });
  const context = (request: FastifyRequest) =>
    contextOf(request, clientAddress(request.raw), authenticator);
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    url: GRAPHQL_PATH,
    handler: fastifyApolloHandler(apollo, { context }),
  });
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    const keySet = await authenticator.keySet();
    return reply.header("cache-control", `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`).send(keySet);
  });
  if (!config.isProduction) servePages(app);
}

/** The context of an HTTP request. Throws, with an HTTP status, before anything runs. */
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

/** For operators, on this machine only. */
function createAdmin(metrics: Metrics, log: Log): FastifyInstance {
  const admin = createHttpServer({ log, bodyBytesMax: 1024, checks: {} });
  admin.get("/metrics", async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.print()),
  );
  return admin;
}
