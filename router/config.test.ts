// Guarantees about the router's settings.
import { describe, expect, test } from "vitest";
import { readOpenRouterConfig, readRouterConfig } from "./config.ts";
import { urlSettingOf } from "./graph/addresses.ts";
import { DEFAULT_LIMITS } from "./limits/limits.ts";
import { DEFAULT_RATES } from "./limits/rates.ts";

const KEY = { kty: "OKP", crv: "Ed25519", kid: "k", x: "x", d: "d" };
const LEAST = {
  IDENTITY_SIGNING_KEY: JSON.stringify(KEY),
  ACCESS_TOKEN_JWKS_URL: "http://127.0.0.1:4101/.well-known/jwks.json",
  TOKEN_FEED_SOURCE: "users",
  REDIS_URL: "redis://127.0.0.1:6379",
};

describe("the settings of the router", () => {
  test("require a key, a key set, a source of ended sessions and a Redis, and nothing else", () => {
    expect(readRouterConfig(LEAST)).toEqual({
      host: "127.0.0.1",
      port: 4000,
      admin: { host: "127.0.0.1", port: 4001 },
      logLevel: "info",
      isProduction: false,
      supergraphFile: "schema/supergraph.graphql",
      identitySigningKey: KEY,
      subgraphUrls: new Map(),
      guard: {
        accessTokenJwksUrl: LEAST.ACCESS_TOKEN_JWKS_URL,
        tokenFeedSource: "users",
        redisUrl: LEAST.REDIS_URL,
        redisPrefix: "meetinity",
        rates: null,
      },
      limits: DEFAULT_LIMITS,
      documentMode: "off",
      documentsFile: "schema/persisted-queries.json",
      routesFile: "schema/routes.json",
      trustedProxies: [],
      publicUrl: undefined,
      corsOrigins: [],
      staticMounts: [],
      mailboxUrl: null,
      observedServices: null,
      storageUrl: null,
    });
  });

  test("use any free port for operators if clients have any free port", () => {
    expect(readRouterConfig({ ...LEAST, PORT: "0" }).admin.port).toBe(0);
    expect(readRouterConfig({ ...LEAST, ADMIN_PORT: "9000" }).admin.port).toBe(9000);
  });

  test("override the URL of a subgraph, by its name", () => {
    const url = "http://10.0.0.1/graphql";
    const { subgraphUrls } = readRouterConfig({ ...LEAST, SUBGRAPH_URL_LONG_NAME: url });
    expect(subgraphUrls.get(urlSettingOf("long-name"))).toBe(url);
  });

  test("change the limits that they name, and accept every name of a limit", () => {
    const limitsBy = (LIMITS: string) => readRouterConfig({ ...LEAST, LIMITS }).limits;
    expect(limitsBy(`{"depth":15}`)).toEqual({ ...DEFAULT_LIMITS, depth: 15 });
    for (const wrong of ["{", "12", `{"dept":15}`, `{"depth":0}`, `{"depth":1.5}`])
      expect(() => limitsBy(wrong)).toThrow("LIMITS:");
  });

  test("limit rates in production, and elsewhere only if set", () => {
    const ratesBy = (env: object) => readRouterConfig({ ...LEAST, ...env }).guard?.rates;
    const production = { NODE_ENV: "production" };
    expect(ratesBy({})).toBeNull();
    expect(ratesBy(production)).toEqual(DEFAULT_RATES);
    expect(ratesBy({ ...production, RATE_LIMITS: "off" })).toBeNull();
    expect(ratesBy({ RATE_LIMITS: "{}" })).toEqual(DEFAULT_RATES);
    expect(ratesBy({ RATE_LIMITS: `{"queriesByViewer":{"burst":5}}` })).toEqual({
      ...DEFAULT_RATES,
      queriesByViewer: { ...DEFAULT_RATES.queriesByViewer, burst: 5 },
    });
    const wrongValues = [`{"burst":0}`, `{"burst":1.5}`, `{"burst":1e7}`, `{"perHour":5}`, "5"];
    const wrong = wrongValues.map((value) => `{"queriesByViewer":${value}}`);
    for (const RATE_LIMITS of ["on", "{", "[]", `{"queries":{}}`, ...wrong])
      expect(() => ratesBy({ RATE_LIMITS })).toThrow("RATE_LIMITS:");
  });

  test("trust only the proxies that they name", () => {
    const proxiesBy = (TRUSTED_PROXIES: string) =>
      readRouterConfig({ ...LEAST, TRUSTED_PROXIES }).trustedProxies;
    expect(proxiesBy("10.0.0.0/8, ::1,loopback")).toEqual(["10.0.0.0/8", "::1", "loopback"]);
    for (const wrong of ["1", "true", "proxy.internal", "10.0.0.0/33", "10.0.0.1,"])
      expect(() => proxiesBy(wrong)).toThrow("TRUSTED_PROXIES:");
  });

  test("are refused with all mistakes at once, and without the values", () => {
    const wrong = {
      PORT: "70000",
      IDENTITY_SIGNING_KEY: "hunter2",
      ACCESS_TOKEN_JWKS_URL: "file:///etc/passwd",
      SUBGRAPH_URL_USERS: "users:4101",
      PUBLIC_URL: "meetinity.example",
      CORS_ORIGINS: "*",
      STATIC_MOUNTS: "/graphql=dist",
    };
    const refusal = () => readRouterConfig(wrong);
    for (const name of Object.keys(wrong)) expect(refusal).toThrow(`${name}:`);
    expect(refusal).not.toThrow(/hunter2/);
  });
});

describe("the settings of an open router", () => {
  test("require nothing, and give no protection, no limits of documents and a new key", () => {
    const config = readOpenRouterConfig({});
    expect(config).toMatchObject({ port: 4000, guard: null, documentMode: "off" });
    expect(config.limits.cost).toBeGreaterThan(1e9);
    expect(config.limits.queryMs).toBe(DEFAULT_LIMITS.queryMs);
    expect(readOpenRouterConfig({}).identitySigningKey).not.toEqual(config.identitySigningKey);
  });

  test("give the file of the graph and the URLs of subgraphs, and no protection", () => {
    const url = "http://10.0.0.1/graphql";
    const env = { SUPERGRAPH_FILE: "x.graphql", PORT: "0", SUBGRAPH_URL_A: url, LIMITS: "{" };
    const { supergraphFile, port, admin, subgraphUrls } = readOpenRouterConfig(env);
    expect([supergraphFile, port, admin.port]).toEqual(["x.graphql", 0, 0]);
    expect([...subgraphUrls]).toEqual([[urlSettingOf("a"), url]]);
  });

  test("are refused in production", () => {
    const read = () => readOpenRouterConfig({ NODE_ENV: "production" });
    expect(read).toThrow("--open has no authorization, no limits and no rates, and is refused");
  });
});
