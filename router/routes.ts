// The routes that clients reach over HTTP, and the context of a request.
import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "#kit/service/logger";
import { type ClientAddress, type ProxyCheck, requestClient } from "./clients/address.ts";
import type { Authenticator } from "./clients/viewer.ts";
import type { RouterConfig } from "./config.ts";
import { serveSession } from "./cookie/session-route.ts";
import { asGraphQLError, withHttpStatus } from "./errors/errors.ts";
import type { RouterContext } from "./execution/context.ts";
import { serveMailbox } from "./mailbox.ts";
import { grantOrigins } from "./origins/cors.ts";
import type { Origins } from "./origins/origins.ts";
import { refuseForeign } from "./origins/refusals.ts";
import { servePages } from "./pages.ts";
import { GRAPHQL_PATH, SESSION_PATH } from "./paths.ts";
import { serveStartPage } from "./start-page.ts";
import { serveStatic } from "./static/serve.ts";
import { refuseUnanswerable } from "./status.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import { traceRequest } from "./telemetry/request-traces.ts";

const BODY_TOO_LARGE = 413;
const KEY_SET_MAX_AGE_SECONDS = 60;

interface RouteOptions {
  readonly authenticator: Authenticator;
  readonly clientAddress: ClientAddress;
  readonly isProxied: ProxyCheck;
  readonly origins: Origins;
  readonly config: RouterConfig;
  /** Undefined until it listens. */
  adminUrl(): string | undefined;
  readonly metrics: Metrics;
  readonly log: Log;
}

type CookiesOf = (request: FastifyRequest, reply: FastifyReply) => RouterContext["cookies"];

/** Adds all routes. Throws a `ConfigError` if a folder of STATIC_MOUNTS has no app. */
export async function addRoutes(
  app: FastifyInstance,
  apollo: ApolloServer<RouterContext>,
  options: RouteOptions,
): Promise<void> {
  const { authenticator, metrics, origins, config } = options;
  // Refusals vary by origin too.
  grantOrigins(app, GRAPHQL_PATH, origins);
  refuseForeign(app, origins);
  // Other sites' forms can send text, but not JSON. Fastify accepts both by default.
  app.removeContentTypeParser("text/plain");
  app.addHook("onResponse", async (_request, { statusCode }) => {
    if (statusCode === BODY_TOO_LARGE) metrics.refusal("bodyBytes");
  });
  const handlerWith = (cookiesOf: CookiesOf) =>
    fastifyApolloHandler(apollo, {
      async context(request, reply) {
        const basis = await contextOf(request, options);
        return { ...basis, cookies: cookiesOf(request, reply) };
      },
    });
  app.route({
    method: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    url: GRAPHQL_PATH,
    handler: handlerWith(() => null),
  });
  const session = serveSession(app, SESSION_PATH, origins);
  const onRequest = session.refuseOthers;
  app.post(SESSION_PATH, { onRequest }, handlerWith(session.cookiesOf));
  app.get("/.well-known/jwks.json", async (_request, reply) => {
    const keySet = await authenticator.keySet();
    return reply.header("cache-control", `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`).send(keySet);
  });
  if (!config.isProduction) servePages(app);
  if (config.mailboxUrl !== null) serveMailbox(app, config.mailboxUrl);
  serveStartPage(app, {
    isProduction: config.isProduction,
    mounts: config.staticMounts.map(({ path }) => path),
    graphqlPath: GRAPHQL_PATH,
    hasMailbox: config.mailboxUrl !== null,
    isObserved: config.observedServices !== null,
    publicUrl: origins.publicUrl,
    adminUrl: options.adminUrl,
  });
  const { socketOrigin } = origins;
  await serveStatic(app, {
    mounts: config.staticMounts,
    log: options.log,
    hasMailbox: config.mailboxUrl !== null,
    socketOrigin,
    storageUrl: config.storageUrl,
  });
}

/** The context of an HTTP request. Throws, with an HTTP status, before anything runs. */
async function contextOf(
  request: FastifyRequest,
  { authenticator, clientAddress, isProxied }: RouteOptions,
): Promise<Omit<RouterContext, "cookies">> {
  const startedAt = Date.now();
  refuseUnanswerable(request.headers.accept);
  const identity = await authenticator
    .identify(request.headers.authorization)
    .catch((error: unknown) => {
      throw withHttpStatus(asGraphQLError(error));
    });
  const address = clientAddress(request.raw);
  const client = requestClient(address, request.raw);
  const { traceparent } = request.headers;
  const trace = traceRequest(traceparent, isProxied(request.raw), startedAt);
  return { identity, address, client, ...trace, startedAt, accept: null };
}
