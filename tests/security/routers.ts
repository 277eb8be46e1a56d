// Routers of a test's own in front of the stack's subgraphs, each with settings that the stack's
// routers do not have, in this process.
import { randomUUID } from "node:crypto";
import { readRouterConfig } from "../../router/config.ts";
import { startRouter } from "../../router/server.ts";
import { stack } from "../kit/stack.ts";

/** An answer over HTTP. `code` and the like are those of its first error. */
export interface Told {
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
  /** Who a proxy, or a liar, says that the client is. */
  readonly forwardedFor?: string;
}

export interface OwnRouter {
  /** Its `/graphql`. */
  readonly url: string;
  ask(query: string, asking?: Asking): Promise<Told>;
  /** A sample of its metrics, as in `name{label="value"}`. */
  metric(sample: string): Promise<number>;
  stop(): Promise<void>;
}

/** On a machine that is busy with tests, Redis is not away because it takes a while. */
const LIMITS = JSON.stringify({ rateMs: 5_000 });

/** Starts one. Unless `env` says otherwise, what it keeps in Redis is its own. */
export async function startOwnRouter(env: Readonly<Record<string, string>>): Promise<OwnRouter> {
  const { urls, keys } = stack();
  const subgraphs = Object.entries(urls.subgraphs).map(([name, [url]]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    `${url}/graphql`,
  ]);
  const settings = {
    ...Object.fromEntries(subgraphs),
    ...keys,
    NODE_ENV: "test",
    PORT: "0",
    LOG_LEVEL: "silent",
    LIMITS,
    REDIS_URL: urls.redis,
    REDIS_PREFIX: `router-${randomUUID()}`,
    ACCESS_TOKEN_JWKS_URL: `${urls.subgraphs.users?.[0]}/.well-known/jwks.json`,
    ...env,
  };
  const router = await startRouter(readRouterConfig(settings));
  const url = `${router.url}/graphql`;
  return {
    url,
    ask: (query, asking = {}) => ask(url, query, asking),
    async metric(sample) {
      const text = await (await fetch(new URL("/metrics", router.adminUrl))).text();
      const line = text.split("\n").find((each) => each.startsWith(`${sample} `));
      return Number(line?.slice(sample.length));
    },
    stop: () => router.stop(),
  };
}

async function ask(url: string, query: string, asking: Asking): Promise<Told> {
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
