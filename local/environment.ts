// The environment of each service by the runtime contract: its own settings, and no secret of
// another service.
import type { Keys } from "./keys.ts";
import { variableOf } from "./project.ts";

/** Settings of a single service are never inherited from the shell that started the stack. */
const NOT_INHERITED = [
  /^(DATABASE|SUBGRAPH)_URL_/,
  /^(HOST|PORT|ADMIN_PORT|REDIS_URL|REDIS_PREFIX|ACCESS_TOKEN_JWKS_URL)$/,
  /^(TOKEN_FEED_SOURCE|MAILBOX_URL|OBSERVED_SERVICES)$/,
  /_(SIGNING_KEYS?|KEY_SET)$|^SEALING_KEYS$|^(STORAGE|VAPID|APNS|FCM)_/,
];

/** The subgraphs that keep files. */
const KEEP_FILES = ["users", "events", "messaging"];

type Variables = Record<string, string>;

/** The settings that all services of a stack share. */
export interface Shared {
  readonly inherited: NodeJS.ProcessEnv;
  readonly keys: Keys;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** Missing or null where mails go to the server of SMTP_URL, or nowhere. */
  readonly mailbox?: { readonly smtpUrl: string; readonly url: string } | null;
  /** The variables by which services reach the store of files. */
  readonly storage?: Variables;
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
    ADMIN_PORT: "0",
    [variableOf("DATABASE_URL", name)]: databaseUrl,
    REDIS_URL: shared.redisUrl,
    REDIS_PREFIX: shared.redisPrefix,
    IDENTITY_KEY_SET: keys.IDENTITY_KEY_SET,
    ...(name === "users" && {
      ACCESS_TOKEN_SIGNING_KEY: keys.ACCESS_TOKEN_SIGNING_KEY,
      ACCESS_TOKEN_KEY_SET: keys.ACCESS_TOKEN_KEY_SET,
      SEALING_KEYS: keys.SEALING_KEYS,
      VAPID_PUBLIC_KEY: keys.VAPID_PUBLIC_KEY,
    }),
    ...(name === "events" && { TICKET_SIGNING_KEYS: keys.TICKET_SIGNING_KEYS }),
    ...(KEEP_FILES.includes(name) && shared.storage),
    ...shared.env,
    ...shared.envOf[name],
  };
}

/** For one process that has the workers of all subgraphs. */
export function workersEnvironment(
  shared: Shared,
  databases: Readonly<Record<string, string>>,
  publicUrl: string,
): NodeJS.ProcessEnv {
  const urls = Object.entries(databases).map(([name, url]) => [
    variableOf("DATABASE_URL", name),
    url,
  ]);
  const inherited = inheritedOf(shared.inherited);
  return {
    ...inherited,
    HOST: "127.0.0.1",
    PORT: "0",
    ADMIN_PORT: "0",
    ...Object.fromEntries(urls),
    REDIS_URL: shared.redisUrl,
    REDIS_PREFIX: shared.redisPrefix,
    SEALING_KEYS: shared.keys.SEALING_KEYS,
    VAPID_PUBLIC_KEY: shared.keys.VAPID_PUBLIC_KEY,
    VAPID_PRIVATE_KEY: shared.keys.VAPID_PRIVATE_KEY,
    PUBLIC_URL: inherited.PUBLIC_URL || publicUrl,
    ...(shared.mailbox && { SMTP_URL: shared.mailbox.smtpUrl }),
    ...shared.storage,
    ...shared.env,
    ...shared.envOf.workers,
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
    ...(shared.mailbox && { MAILBOX_URL: shared.mailbox.url }),
    ...publicStorageOf(shared.storage),
    ...(users && {
      ACCESS_TOKEN_JWKS_URL: new URL("/.well-known/jwks.json", users).href,
      TOKEN_FEED_SOURCE: "users",
    }),
    ...shared.env,
    ...shared.envOf.router,
  };
}

/** Pages may reach it; the router itself does not. */
function publicStorageOf({ STORAGE_PUBLIC_URL: url }: Variables = {}): Variables {
  return url === undefined ? {} : { STORAGE_PUBLIC_URL: url };
}

export function inheritedOf(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !NOT_INHERITED.some((pattern) => pattern.test(name))),
  );
}
