// The environment of each service by the runtime contract: its own settings, and no secret of
// another service.
import type { Keys } from "./keys.ts";
import { variableOf } from "./project.ts";

/** Settings of a single service are never inherited from the shell that started the stack. */
const NOT_INHERITED = [
  /^(DATABASE|SUBGRAPH)_URL_/,
  /^(HOST|PORT|ADMIN_PORT|REDIS_URL|REDIS_PREFIX|ACCESS_TOKEN_JWKS_URL|ENDED_SESSIONS_SOURCE)$/,
  /_(SIGNING_KEY|KEY_SET)$/,
];

type Variables = Record<string, string>;

/** The settings that all services of a stack share. */
export interface Shared {
  readonly inherited: NodeJS.ProcessEnv;
  readonly keys: Keys;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** Overrides for all services, and for one by its name. */
  readonly env: Variables;
  readonly envOf: Readonly<Record<string, Variables>>;
}

export function subgraphEnvironment(
  shared: Shared,
  name: string,
  databaseUrl: string,
): NodeJS.ProcessEnv {
  const { keys } = shared;
  return {
    ...inheritedOf(shared.inherited),
    HOST: "127.0.0.1",
    PORT: "0",
    [variableOf("DATABASE_URL", name)]: databaseUrl,
    REDIS_URL: shared.redisUrl,
    REDIS_PREFIX: shared.redisPrefix,
    IDENTITY_KEY_SET: keys.IDENTITY_KEY_SET,
    ...(name === "users" && {
      ACCESS_TOKEN_SIGNING_KEY: keys.ACCESS_TOKEN_SIGNING_KEY,
      ACCESS_TOKEN_KEY_SET: keys.ACCESS_TOKEN_KEY_SET,
    }),
    ...shared.env,
    ...shared.envOf[name],
  };
}

export interface RouterOptions {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  readonly adminPort: number;
  /** Base URL of the replica that this router uses, by subgraph. */
  readonly subgraphs: Variables;
}

export function routerEnvironment(shared: Shared, options: RouterOptions): NodeJS.ProcessEnv {
  const urls = Object.entries(options.subgraphs).map(([name, url]) => [
    variableOf("SUBGRAPH_URL", name),
    new URL("/graphql", url).href,
  ]);
  const users = options.subgraphs.users;
  return {
    ...inheritedOf(shared.inherited),
    HOST: options.host,
    PORT: String(options.port),
    ADMIN_PORT: String(options.adminPort),
    ...Object.fromEntries(urls),
    REDIS_URL: shared.redisUrl,
    REDIS_PREFIX: shared.redisPrefix,
    IDENTITY_SIGNING_KEY: shared.keys.IDENTITY_SIGNING_KEY,
    ...(users && {
      ACCESS_TOKEN_JWKS_URL: new URL("/.well-known/jwks.json", users).href,
      ENDED_SESSIONS_SOURCE: "users",
    }),
    ...shared.env,
    ...shared.envOf.router,
  };
}

function inheritedOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !NOT_INHERITED.some((pattern) => pattern.test(name))),
  );
}
