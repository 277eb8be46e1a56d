// Starts the gateways of this measurement as in production, each as a process on its own core: ours
// with limits and authorization, the peers with their defaults.
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { createKeys, launch, listening, type Measured } from "../measured.ts";
import { installHive } from "./peers.ts";
import { supergraphOf } from "./works.ts";

/** The core of load and subgraphs. Gateways have the next one. */
export const LOAD_CORE = 0;
const GATEWAY_CORE = LOAD_CORE + 1;
const READY_WITHIN_MS = 30_000;
const REPORT = ["--import", pathToFileURL("dist/bench/report-cpu.js").href];
const PROFILE = ["--import", pathToFileURL("dist/bench/http/profile.js").href];

/** Limits that the works need beyond our defaults: nested lists. */
export const RAISED_LIMITS = { listDepth: 4 };

export interface Gateway extends Measured {
  readonly version: string;
  readonly path: string;
}

export interface Site {
  readonly folder: string;
  readonly subgraphs: Measured;
  readonly token: string;
  readonly signingKey: string;
}

/** Starts the subgraphs, and writes the files with which gateways start. */
export async function prepare(folder: string): Promise<Site> {
  const { token, signingKey, keySet } = await createKeys();
  const subgraphs = await listening(
    "subgraphs",
    launch({
      args: ["--conditions=compiled", ...REPORT, "dist/bench/http/subgraphs.js"],
      env: { KEY_SET: JSON.stringify(keySet) },
      core: LOAD_CORE,
    }),
  );
  return { folder, subgraphs, token, signingKey };
}

async function supergraphFile({ folder, subgraphs }: Site, isOurs: boolean): Promise<string> {
  const file = join(folder, isOurs ? "supergraph.graphql" : "without-authorization.graphql");
  await writeFile(file, supergraphOf(subgraphs.url, isOurs));
  return file;
}

/** Traces of 1 % of the operations, sent to the process of the subgraphs. */
const tracedEnv = ({ subgraphs }: Site) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: subgraphs.url,
  OTEL_TRACES_SAMPLER: "traceidratio",
  OTEL_TRACES_SAMPLER_ARG: "0.01",
});

/** Ours again, with traces on: what they cost. */
export async function startTraced(site: Site): Promise<Gateway> {
  return { ...(await startOurs(site, false, tracedEnv(site))), name: "ours, 1 % traced" };
}

export async function startOurs(
  site: Site,
  isProfiled: boolean,
  env: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  const preloaded = isProfiled ? [...REPORT, ...PROFILE] : REPORT;
  const child = launch({
    args: ["--conditions=compiled", ...preloaded, "dist/router/main.js"],
    env: {
      SUPERGRAPH_FILE: await supergraphFile(site, true),
      APOLLO_TELEMETRY_DISABLED: "true",
      PORT: "0",
      LOG_LEVEL: "warn",
      LIMITS: JSON.stringify(RAISED_LIMITS),
      IDENTITY_SIGNING_KEY: site.signingKey,
      ACCESS_TOKEN_JWKS_URL: `${site.subgraphs.url}/keys`,
      TOKEN_FEED_SOURCE: "nobody",
      // No server is there: no request of this measurement uses Redis.
      REDIS_URL: "redis://127.0.0.1:9",
      ...env,
    },
    core: GATEWAY_CORE,
  });
  return { ...(await listening("ours", child)), version: "this tree", path: "/graphql" };
}

export async function startApollo(site: Site): Promise<Gateway> {
  const child = launch({
    args: [...REPORT, "dist/bench/http/apollo.js"],
    env: { SUPERGRAPH_FILE: await supergraphFile(site, false), APOLLO_TELEMETRY_DISABLED: "true" },
    core: GATEWAY_CORE,
  });
  const versions = await Promise.all(["@apollo/gateway", "@apollo/server"].map(versionOf));
  return { ...(await listening("Apollo", child)), version: versions.join(", "), path: "/" };
}

async function versionOf(name: string): Promise<string> {
  const text = await readFile(join("node_modules", name, "package.json"), "utf8");
  return `${name} ${(JSON.parse(text) as { readonly version: string }).version}`;
}

/** Hive Gateway, with its planner and executor in Rust or in JavaScript. */
export async function startHive(site: Site, isRust: boolean): Promise<Gateway | null> {
  const peer = installHive();
  if (!peer) return null;
  const port = await freePort();
  const file = await supergraphFile(site, false);
  const listen = ["--host", "127.0.0.1", "--port", String(port), "--fork", "1"];
  const child = launch({
    args: [
      ...REPORT,
      peer.entry,
      "supergraph",
      file,
      ...listen,
      isRust ? "--hive-router-runtime" : "--jit",
    ],
    env: { LOG_LEVEL: "error" },
    core: GATEWAY_CORE,
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(`${url}/readiness`);
  const name = isRust ? "Hive (Rust planner)" : "Hive (JavaScript, jit)";
  return { name, url, child, version: `@graphql-hive/gateway ${peer.version}`, path: "/graphql" };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function ready(url: string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`${url} was not ready within ${READY_WITHIN_MS} ms`);
}
