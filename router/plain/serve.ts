// Forwards plain HTTP to subgraphs, by the list alone. Of the request go on: the parameters of path
// and query that the route names, the viewer's identity and the trace; no header and no cookie. Of
// the answer come back: status, type and file name. It is passed on as fast as the client reads.
import { pipeline, Transform } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Pool } from "undici";
import { fail } from "#kit/errors";
import type { Log } from "#kit/service/logger";
import { traceparentOf } from "#kit/service/trace";
import { restricted } from "#kit/trust/authorization";
import { IDENTITY_HEADER, type MintIdentity } from "#kit/trust/identity";
import type { ClientAddress, ProxyCheck } from "../clients/address.ts";
import type { Authenticator } from "../clients/viewer.ts";
import type { Budgets } from "../policy/budgets.ts";
import { traceRequest } from "../telemetry/request-traces.ts";
import type { ForwardedRoute } from "./list.ts";

/** The headers of an answer that clients get. */
const PASSED = ["content-type", "content-disposition"] as const;
/** The policy for a file of ours that a browser opens after all. */
const SANDBOX = "default-src 'none'; sandbox";
const CONNECTIONS_MAX = 16;
const CONNECT_TIMEOUT_MS = 2_000;
const BODY_MAX = 1_024;
/** The cost of a request in the budgets: about that of a long list. */
const COST = 100;

interface Forwarding {
  readonly routes: readonly ForwardedRoute[];
  readonly authenticator: Authenticator;
  readonly clientAddress: ClientAddress;
  readonly isProxied: ProxyCheck;
  readonly mint: MintIdentity;
  /** Null if rates are off. */
  readonly budgets: Budgets | null;
  /** The address of a subgraph now. */
  urlOf(subgraph: string): URL | undefined;
  readonly log: Log;
}

/** Adds the routes, and closes their connections with the server. */
export function servePlainRoutes(app: FastifyInstance, forwarding: Forwarding): void {
  const pools = new Map<string, Pool>();
  const poolOf = (origin: string, bytesMax: number) => {
    const key = `${origin} ${bytesMax}`;
    const pool = pools.get(key) ?? newPool(origin, bytesMax);
    pools.set(key, pool);
    return pool;
  };
  void app.register(async (scope) => {
    // A body is let pass unread: mail programs send one with their one click.
    scope.removeAllContentTypeParsers();
    const limits = { parseAs: "string", bodyLimit: BODY_MAX } as const;
    scope.addContentTypeParser("*", limits, async () => undefined);
    for (const route of forwarding.routes) {
      scope.route({
        method: route.method,
        url: route.path,
        // A token that works once must not be used up by a HEAD.
        exposeHeadRoute: false,
        handler: (request, reply) => forward(forwarding, route, { request, reply, poolOf }),
      });
    }
  });
  app.addHook("onClose", async () => {
    await Promise.all([...pools.values()].map((pool) => pool.destroy()));
  });
}

function newPool(origin: string, bytesMax: number): Pool {
  return new Pool(origin, {
    connections: CONNECTIONS_MAX,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    maxResponseSize: bytesMax,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  poolOf(origin: string, bytesMax: number): Pool;
}

async function forward(
  forwarding: Forwarding,
  route: ForwardedRoute,
  { request, reply, poolOf }: Exchange,
): Promise<FastifyReply> {
  const { traceparent } = request.headers;
  const isProxied = forwarding.isProxied(request.raw);
  const { traceId, span } = traceRequest(traceparent, isProxied, Date.now());
  // The path of a request may have a token, that of its route has none.
  span?.rename(`${route.method} ${route.path}`);
  reply.raw.once("close", () => span?.end());
  const identity = await identityOf(forwarding, route, request);
  const url = forwarding.urlOf(route.subgraph);
  if (!url) throw unavailable();
  const ended = new AbortController();
  reply.raw.once("close", () => ended.abort());
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(route.timeMs)]);
  const headers = {
    [IDENTITY_HEADER]: await forwarding.mint(identity),
    traceparent: traceparentOf(traceId, span),
  };
  const answer = await poolOf(url.origin, route.bytesMax)
    .request({ method: route.method, path: targetOf(route, request), headers, signal })
    .catch((error: unknown) => {
      // The path is not logged: it may have a token.
      forwarding.log.warn({ err: error, route: route.path, traceId }, "a route gave no answer");
      throw unavailable();
    });
  for (const name of PASSED) {
    const value = answer.headers[name];
    if (value !== undefined) void reply.header(name, value);
  }
  void reply.header("content-security-policy", SANDBOX).code(answer.statusCode);
  const passing = new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) });
  pipeline(answer.body, passing, (error) => {
    if (!error || ended.signal.aborted) return;
    forwarding.log.warn({ err: error, route: route.path, traceId }, "a route's answer broke off");
  });
  return reply.send(passing);
}

async function identityOf(
  { authenticator, clientAddress, budgets }: Forwarding,
  { who }: ForwardedRoute,
  { headers, raw }: FastifyRequest,
) {
  const identity = await authenticator.identify(headers.authorization);
  if (who === "viewer") {
    if (identity.kind !== "viewer") throw fail("UNAUTHENTICATED", "Sign in to do this.");
    if (identity.viewer.isRestricted) throw restricted();
  }
  const priced = { kind: "query", estimated: COST, attempts: 0, attemptsIfRefused: 0 } as const;
  const charged = await budgets?.charge(priced, { identity, address: clientAddress(raw) });
  if (charged?.kind === "refused") throw charged.error;
  return identity;
}

/** The path at the subgraph, with the parameters of the query that the route names. */
function targetOf({ path, query }: ForwardedRoute, request: FastifyRequest): string {
  const parameters = request.params as Readonly<Record<string, string>>;
  const segments = path
    .split("/")
    .map((part) =>
      part.startsWith(":") ? encodeURIComponent(parameters[part.slice(1)] ?? "") : part,
    );
  const given = new URL(request.url, "http://router").searchParams;
  const passed = new URLSearchParams();
  for (const name of query) {
    const values = given.getAll(name);
    if (values.length === 1) passed.set(name, values[0] ?? "");
  }
  const search = passed.size > 0 ? `?${passed}` : "";
  return segments.join("/") + search;
}

function unavailable() {
  return fail("SUBGRAPH_UNAVAILABLE", "This is not available now; try again.");
}
