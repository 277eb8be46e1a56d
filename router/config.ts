// The settings of the router, checked together at start: those of a protected router, and the few
// of one with `--open`.
import { generateKeyPairSync } from "node:crypto";
import { z } from "zod";
import { redisShape } from "#kit/data/redis";
import { adminAddress, ConfigError, port, readConfig, serviceShape } from "#kit/service/config";
import { signingKeySetting } from "#kit/trust/keys";
import { trustedProxiesSetting } from "./clients/address.ts";
import { URL_SETTING_PREFIX } from "./graph/addresses.ts";
import { DEFAULT_LIMITS, type Limits, limitsSetting, OPEN_LIMITS } from "./limits/limits.ts";
import { DEFAULT_RATES, type Rates, ratesSetting } from "./limits/rates.ts";
import { observedServicesSetting } from "./observe/settings.ts";
import { corsOriginsSetting, publicUrlSetting } from "./origins/settings.ts";
import { OWN_SEGMENTS } from "./paths.ts";
import { DOCUMENT_MODES, type DocumentMode } from "./policy/trusted-documents.ts";
import { type StaticMount, staticMountsSetting } from "./static/mounts.ts";

const httpUrl = z.url({ protocol: /^https?$/, error: "is not an http or https URL" });

const graphShape = {
  ...serviceShape,
  PORT: port.default(4000),
  SUPERGRAPH_FILE: z.string().default("schema/supergraph.graphql"),
  PUBLIC_URL: publicUrlSetting.optional(),
  CORS_ORIGINS: corsOriginsSetting.optional(),
};

const shape = {
  ...graphShape,
  ...redisShape,
  IDENTITY_SIGNING_KEY: signingKeySetting,
  ACCESS_TOKEN_JWKS_URL: httpUrl,
  TOKEN_FEED_SOURCE: z.string(),
  LIMITS: limitsSetting.optional(),
  TRUSTED_DOCUMENTS: z.enum(DOCUMENT_MODES).default("off"),
  ROUTES_FILE: z.string().default("schema/routes.json"),
  TRUSTED_DOCUMENTS_FILE: z.string().default("schema/persisted-queries.json"),
  RATE_LIMITS: ratesSetting.optional(),
  TRUSTED_PROXIES: trustedProxiesSetting.optional(),
  STATIC_MOUNTS: staticMountsSetting(OWN_SEGMENTS).optional(),
  MAILBOX_URL: httpUrl.optional(),
  OBSERVED_SERVICES: observedServicesSetting.optional(),
  STORAGE_PUBLIC_URL: publicUrlSetting.optional(),
};

type Environment = Readonly<Record<string, string | undefined>>;
type Settings<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>;

/** The settings of authentication and rates. */
export interface GuardConfig {
  readonly accessTokenJwksUrl: string;
  readonly tokenFeedSource: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** Null if they are off. */
  readonly rates: Rates | null;
}

export interface RouterConfig extends ReturnType<typeof graphConfig> {
  readonly identitySigningKey: z.infer<typeof signingKeySetting>;
  /** Null with `--open`. */
  readonly guard: GuardConfig | null;
  readonly limits: Limits;
  readonly documentMode: DocumentMode;
  readonly documentsFile: string;
  /** The list of plain routes; empty for none. */
  readonly routesFile: string;
  readonly trustedProxies: readonly string[];
  readonly staticMounts: readonly StaticMount[];
  /** The origin of stored files, which pages read and send; null for none. */
  readonly storageUrl: string | null;
  /** Null in production, and where no mailbox runs. */
  readonly mailboxUrl: string | null;
  /** Admin addresses of the services on the page for operators; null without that page. */
  readonly observedServices: ReadonlyMap<string, URL> | null;
}

/**
 * Reads the settings. Any `SUBGRAPH_URL_<NAME>` is accepted, because only the supergraph knows the
 * names.
 */
export function readRouterConfig(env: Environment = process.env): RouterConfig {
  const urls = urlShape(env);
  const settings: Settings<typeof shape> = readConfig({ ...shape, ...urls }, env);
  const { RATE_LIMITS } = settings;
  const graph = graphConfig(settings, Object.keys(urls));
  return {
    ...graph,
    identitySigningKey: settings.IDENTITY_SIGNING_KEY,
    guard: {
      accessTokenJwksUrl: settings.ACCESS_TOKEN_JWKS_URL,
      tokenFeedSource: settings.TOKEN_FEED_SOURCE,
      redisUrl: settings.REDIS_URL,
      redisPrefix: settings.REDIS_PREFIX,
      rates:
        RATE_LIMITS === undefined && graph.isProduction ? DEFAULT_RATES : (RATE_LIMITS ?? null),
    },
    limits: settings.LIMITS ?? DEFAULT_LIMITS,
    documentMode: settings.TRUSTED_DOCUMENTS,
    documentsFile: settings.TRUSTED_DOCUMENTS_FILE,
    routesFile: settings.ROUTES_FILE,
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
    staticMounts: settings.STATIC_MOUNTS ?? [],
    mailboxUrl: graph.isProduction ? null : (settings.MAILBOX_URL ?? null),
    observedServices: settings.OBSERVED_SERVICES ?? null,
    storageUrl: settings.STORAGE_PUBLIC_URL ?? null,
  };
}

/**
 * The settings of a router with `--open`, for any supergraph and without protection. Throws a
 * `ConfigError` in production.
 */
export function readOpenRouterConfig(env: Environment = process.env): RouterConfig {
  const urls = urlShape(env);
  const settings: Settings<typeof graphShape> = readConfig({ ...graphShape, ...urls }, env);
  const graph = graphConfig(settings, Object.keys(urls));
  if (graph.isProduction) {
    throw new ConfigError(
      "--open has no authorization, no limits and no rates, and is refused where NODE_ENV is " +
        "production: start the router without it.",
    );
  }
  return {
    ...graph,
    identitySigningKey: ephemeralKey(),
    guard: null,
    limits: OPEN_LIMITS,
    documentMode: "off",
    documentsFile: "",
    routesFile: "",
    trustedProxies: [],
    staticMounts: [],
    mailboxUrl: null,
    observedServices: null,
    storageUrl: null,
  };
}

function urlShape(env: Environment) {
  const names = Object.keys(env).filter((name) => name.startsWith(URL_SETTING_PREFIX));
  return Object.fromEntries(names.map((name) => [name, httpUrl.optional()]));
}

/** The settings that every router has. `urlNames` are those of the subgraphs' URLs. */
function graphConfig(
  settings: Settings<typeof graphShape> & Readonly<Record<string, unknown>>,
  urlNames: readonly string[],
) {
  const { HOST, PORT, LOG_LEVEL, NODE_ENV, SUPERGRAPH_FILE } = settings;
  const { PUBLIC_URL, CORS_ORIGINS = [] } = settings;
  return {
    host: HOST,
    port: PORT,
    admin: adminAddress(settings),
    logLevel: LOG_LEVEL,
    isProduction: NODE_ENV === "production",
    supergraphFile: SUPERGRAPH_FILE,
    /** Undefined: `http://localhost` at the port that the router gets. */
    publicUrl: PUBLIC_URL,
    corsOrigins: CORS_ORIGINS,
    subgraphUrls: new Map(
      urlNames.flatMap((name) => {
        const url = settings[name];
        return typeof url === "string" ? [[name, url] as const] : [];
      }),
    ),
  };
}

/** A key that only this process has: no subgraph verifies it. */
function ephemeralKey(): RouterConfig["identitySigningKey"] {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x = "", d = "" } = privateKey.export({ format: "jwk" });
  return { kty: "OKP", crv: "Ed25519", kid: "ephemeral", x, d };
}
