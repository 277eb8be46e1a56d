// Starts and stops the router. When it stops, client connections close first, and the connections
// that running operations use close last.
import type { FastifyInstance } from "fastify";
import { redisHealth } from "#kit/data/redis-metrics";
import { createHealth, type Health } from "#kit/service/health";
import { createHttpServer } from "#kit/service/http-server";
import type { Service } from "#kit/service/lifecycle";
import { createLog, type Log } from "#kit/service/logger";
import { startAdmin } from "#kit/telemetry/admin";
import { createIdentityMint } from "#kit/trust/identity";
import { importSigningKey } from "#kit/trust/keys";
import { createApollo } from "./apollo.ts";
import { createClientAddress, createProxyCheck } from "./clients/address.ts";
import type { RouterConfig } from "./config.ts";
import { type Graph, openGraph } from "./graph/graph.ts";
import { watchSupergraphFile } from "./graph/reload.ts";
import type { Readiness } from "./health.ts";
import type { Limits } from "./limits/limits.ts";
import { type Listening, listen } from "./listen.ts";
import { serveObserver } from "./observe/serve.ts";
import { createOrigins } from "./origins/origins.ts";
import { GRAPHQL_PATH } from "./paths.ts";
import { readRoutes } from "./plain/list.ts";
import { servePlainRoutes } from "./plain/serve.ts";
import { readManifest } from "./policy/manifest.ts";
import { createDocuments, type Documents } from "./policy/trusted-documents.ts";
import { protectionOf } from "./protection.ts";
import { addRoutes } from "./routes.ts";
import { createGate } from "./subscriptions/gate.ts";
import { serveSubscriptions } from "./subscriptions/subscription-server.ts";
import { readBudgets } from "./telemetry/budgets.ts";
import { createMetrics, type Metrics } from "./telemetry/metrics.ts";

/** How long the start waits for the facts about tokens. */
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
  const { authenticator, tokens, budgets } = clientChecks;
  const origins = createOrigins(config);
  let listening: Listening | undefined;
  let adminUrl: string | undefined;
  const health = healthOf(clientChecks.readinessOf(graph.pools));
  const app = createHttpServer({ log, ...limitsOf(shared), health });
  const apollo = createApollo({
    graph,
    isProduction: config.isProduction,
    documents,
    budgets,
    ...shared,
    drain: async () => listening?.close(),
  });
  await apollo.start();
  const clients = { authenticator, origins, ...clientFacts(config) };
  await addRoutes(app, apollo, { ...clients, config, adminUrl: () => adminUrl, ...shared });
  await addPlainRoutes(app, config, { ...clients, mint, budgets, graph, log });
  const sockets = serveSubscriptions({
    server: app.server,
    path: GRAPHQL_PATH,
    apollo,
    ...clients,
    tokens,
    graph,
    gate: createGate(config.guard?.rates ?? null, metrics),
    ...shared,
  });
  const unfollow = watchSupergraphFile(config.supergraphFile, graph, shared);
  await clientChecks.begun(BEGIN_WITHIN_MS);
  listening = await listen(app, { ...config, log, onPort: origins.listensAt });
  const admin = await startAdmin("router", { ...adminOf(config, metrics), health, log });
  adminUrl = admin.url;
  return {
    url: listening.url,
    adminUrl,
    log,
    async stop() {
      unfollow();
      await sockets.stop();
      await apollo.stop();
      clientChecks.stop();
      await graph.stop();
      await admin.stop();
    },
  };
}

/** A router works without Redis: rates are judged alone, and tokens by the facts that it has. */
function healthOf({ checks, optional }: Readiness): Health {
  return createHealth(checks, () => ({ ...optional(), ...redisHealth() }));
}

/** With the page for operators, if it is switched on. */
function adminOf(config: RouterConfig, { registry }: Metrics) {
  const { admin, guard, observedServices: services } = config;
  const routes = services && ((app: FastifyInstance) => serveObserver(app, services));
  const summaries = guard && { ...guard, budgets: () => readBudgets(registry) };
  return { ...admin, registries: [registry], summaries, ...(routes && { routes }) };
}

function clientFacts({ trustedProxies }: RouterConfig) {
  return {
    clientAddress: createClientAddress(trustedProxies),
    isProxied: createProxyCheck(trustedProxies),
  };
}

interface PlainRouting extends Omit<Parameters<typeof servePlainRoutes>[1], "routes" | "urlOf"> {
  readonly graph: Pick<Graph, "pools">;
}

async function addPlainRoutes(
  app: FastifyInstance,
  { routesFile }: RouterConfig,
  { graph, ...routing }: PlainRouting,
): Promise<void> {
  const routes = routesFile === "" ? [] : await readRoutes(routesFile);
  const urlOf = (name: string) => graph.pools.find((pool) => pool.name === name)?.url;
  servePlainRoutes(app, { ...routing, routes, urlOf });
}

async function openDocuments(config: RouterConfig): Promise<Documents> {
  const { documentMode: mode, documentsFile, isProduction, limits } = config;
  const manifest = documentsFile === "" ? new Map() : await readManifest(documentsFile);
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
