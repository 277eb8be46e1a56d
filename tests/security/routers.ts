// A test's own routers with rates: each has its own settings and its own prefix in Redis.
import { randomUUID } from "node:crypto";
import { startTokenSource } from "../e2e/router/token-source.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { stack } from "../kit/stack.ts";

/** An answer over HTTP. `code` and the other facts are those of the first error. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Record<string, unknown> | null;
  readonly code?: string;
  readonly rate?: string;
  readonly retryAfterMs?: number;
}

export interface Asking {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly as?: string;
  /** The client's address by a proxy's header, true or not. */
  readonly forwardedFor?: string;
}

export interface CountingRouter extends OwnRouter {
  ask(query: string, asking?: Asking): Promise<HttpAnswer>;
}

/** Redis may be slow on a machine that is busy with tests. */
const LIMITS = JSON.stringify({ rateMs: 5_000 });

/**
 * Starts a router. Unless `env` says otherwise, it has its own prefix in Redis. The test provides
 * the facts about tokens there, because the router waits for it before it listens.
 */
export async function startCountingRouter(
  env: Readonly<Record<string, string>>,
): Promise<CountingRouter> {
  const { REDIS_URL = stack().urls.redis, REDIS_PREFIX = `router-${randomUUID()}` } = env;
  const feed = startTokenSource(REDIS_URL, REDIS_PREFIX);
  const own = { REDIS_PREFIX, TOKEN_FEED_SOURCE: feed.name };
  const router = await startOwnRouter({ LIMITS, ...env, ...own });
  return {
    ...router,
    ask: (query, asking = {}) => ask(router.url, query, asking),
    async stop() {
      await router.stop();
      await feed.stop();
    },
  };
}

async function ask(url: string, query: string, asking: Asking): Promise<HttpAnswer> {
  const { variables = {}, as, forwardedFor } = asking;
  const headers = {
    "content-type": "application/json",
    ...(as && { authorization: `Bearer ${as}` }),
    ...(forwardedFor && { "x-forwarded-for": forwardedFor }),
  };
  const response = await fetch(url, {
    method: "POST",
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly extensions: object }[];
  };
  return {
    status: response.status,
    headers: response.headers,
    ...(data !== undefined && { data }),
    ...errors?.[0]?.extensions,
  };
}
