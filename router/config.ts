// The settings of the router, all checked at once at start.
import { z } from "zod";
import { port, readConfig, serviceShape } from "#kit/config";
import { signingKeySetting } from "#kit/keys";
import { redisShape } from "#kit/redis";
import { trustedProxiesSetting } from "./address.ts";
import { DOCUMENT_MODES } from "./policy/documents.ts";
import { DEFAULT_LIMITS, limitsSetting } from "./policy/limits.ts";
import { DEFAULT_RATES, ratesSetting } from "./policy/rates.ts";

const httpUrl = z.url({ protocol: /^https?$/, error: "is not an http or https URL" });

const shape = {
  ...serviceShape,
  ...redisShape,
  PORT: port.default(4000),
  ADMIN_PORT: port.optional(),
  SUPERGRAPH_FILE: z.string().default("schema/supergraph.graphql"),
  IDENTITY_SIGNING_KEY: signingKeySetting,
  ACCESS_TOKEN_JWKS_URL: httpUrl,
  ENDED_SESSIONS_SOURCE: z.string(),
  LIMITS: limitsSetting.optional(),
  TRUSTED_DOCUMENTS: z.enum(DOCUMENT_MODES).default("off"),
  TRUSTED_DOCUMENTS_FILE: z.string().default("schema/persisted-queries.json"),
  RATE_LIMITS: ratesSetting.optional(),
  TRUSTED_PROXIES: trustedProxiesSetting.optional(),
};

const SUBGRAPH_URL = "SUBGRAPH_URL_";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings; `SUBGRAPH_URL_<NAME>` is taken for any name, since only the supergraph knows
 * which there are.
 */
export function readRouterConfig(env: Environment = process.env) {
  const urlNames = Object.keys(env).filter((name) => name.startsWith(SUBGRAPH_URL));
  const urlShape = Object.fromEntries(urlNames.map((name) => [name, httpUrl.optional()]));
  const settings: z.infer<z.ZodObject<typeof shape>> & Record<string, unknown> = readConfig(
    { ...shape, ...urlShape },
    env,
  );
  const subgraphUrls = new Map(
    urlNames.flatMap((name) => {
      const url = settings[name];
      return typeof url === "string" ? [[name, url] as const] : [];
    }),
  );
  const { HOST, PORT, LOG_LEVEL, NODE_ENV, SUPERGRAPH_FILE, RATE_LIMITS } = settings;
  const isProduction = NODE_ENV === "production";
  return {
    host: HOST,
    port: PORT,
    adminPort: settings.ADMIN_PORT ?? (PORT === 0 ? 0 : PORT + 1),
    logLevel: LOG_LEVEL,
    isProduction,
    supergraphFile: SUPERGRAPH_FILE,
    identitySigningKey: settings.IDENTITY_SIGNING_KEY,
    accessTokenJwksUrl: settings.ACCESS_TOKEN_JWKS_URL,
    endedSessionsSource: settings.ENDED_SESSIONS_SOURCE,
    subgraphUrls,
    redisUrl: settings.REDIS_URL,
    redisPrefix: settings.REDIS_PREFIX,
    limits: settings.LIMITS ?? DEFAULT_LIMITS,
    documentMode: settings.TRUSTED_DOCUMENTS,
    documentsFile: settings.TRUSTED_DOCUMENTS_FILE,
    rates: RATE_LIMITS === undefined && isProduction ? DEFAULT_RATES : (RATE_LIMITS ?? null),
    trustedProxies: settings.TRUSTED_PROXIES ?? [],
  };
}

export type RouterConfig = ReturnType<typeof readRouterConfig>;

/** The setting that overrides where a subgraph is, as in `SUBGRAPH_URL_USERS`. */
export function urlSettingOf(subgraph: string): string {
  return `${SUBGRAPH_URL}${subgraph.toUpperCase().replaceAll("-", "_")}`;
}
