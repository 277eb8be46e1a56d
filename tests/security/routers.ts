// Routers of a test's own before the subgraphs of the stack, in this process.
import { pino } from "pino";
import type { Service } from "../../kit/lifecycle.ts";
import { readRouterConfig } from "../../router/config.ts";
import { startRouter } from "../../router/server.ts";
import { stack } from "../kit/stack.ts";

/** Starts one with other settings than the stack's. */
export async function aRouter(env: Readonly<Record<string, string>> = {}): Promise<Service> {
  const { urls, keys, redisPrefix } = stack();
  const subgraphs = Object.entries(urls.subgraphs).map(([name, [url]]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    `${url}/graphql`,
  ]);
  const config = readRouterConfig({
    ...Object.fromEntries(subgraphs),
    NODE_ENV: "test",
    PORT: "0",
    IDENTITY_SIGNING_KEY: keys.IDENTITY_SIGNING_KEY,
    ACCESS_TOKEN_JWKS_URL: `${urls.subgraphs.users?.[0]}/.well-known/jwks.json`,
    ENDED_SESSIONS_SOURCE: "users",
    REDIS_URL: urls.redis,
    REDIS_PREFIX: redisPrefix,
    ...env,
  });
  return startRouter(config, pino({ level: "silent" }));
}
