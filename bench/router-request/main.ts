// Router CPU per request of a query over two subgraphs, against stock Apollo gateway and server in
// the same run. Every request has its own key, so that nobody gains by sharing calls. Prints the
// ratio: above 1 we need less.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { Pool } from "undici";
import { QUERY, startGraph } from "./graph.ts";

const CONNECTIONS = 50;
const WARM_UP_REQUESTS = 3_000;
const REQUESTS = 6_000;
const ROUNDS = 3;

interface Gateway {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
  /** Of each round, in µs per request. */
  readonly cpuMicros: number[];
  readonly requestsPerSecond: number[];
}

interface Told {
  readonly kind: string;
  readonly url?: string;
  readonly micros?: number;
}

async function told(child: ChildProcess, kind: string): Promise<Told> {
  for (;;) {
    const [message] = (await once(child, "message")) as [Told];
    if (message.kind === kind) return message;
  }
}

async function start(
  name: string,
  entry: string,
  env: Readonly<Record<string, string>>,
): Promise<Gateway> {
  const args = ["--import", "tsx", "--import", "./bench/router-request/report-cpu.ts", entry];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", RATE_LIMITS: "off", ...env },
  });
  const { url = "" } = await told(child, "listening");
  return { name, url, child, cpuMicros: [], requestsPerSecond: [] };
}

async function cpuOf({ child }: Gateway): Promise<number> {
  const answer = told(child, "cpu");
  child.send("cpu");
  return (await answer).micros ?? Number.NaN;
}

let lastKey = 0;

async function load(gateway: Gateway, path: string, token: string, count: number): Promise<void> {
  const pool = new Pool(gateway.url, { connections: CONNECTIONS });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  let left = count;
  const work = async () => {
    while (left-- > 0) {
      const variables = { id: `k${++lastKey}` };
      const body = JSON.stringify({ query: QUERY, variables });
      const answer = await pool.request({ method: "POST", path, headers, body });
      const text = await answer.body.text();
      if (!text.includes(`Person ${variables.id}-9`)) throw new Error(`wrong answer: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await pool.close();
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function keys() {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const kid = "bench";
  const token = await new SignJWT({ sid: "s", roles: [], scope: "" })
    .setProtectedHeader({ alg: "EdDSA", kid })
    .setIssuer("meetinity")
    .setAudience("meetinity")
    .setSubject("somebody")
    .setExpirationTime("1h")
    .sign(privateKey);
  const signingKey = JSON.stringify({ ...(await exportJWK(privateKey)), kid });
  return { token, signingKey, keySet: { keys: [{ ...(await exportJWK(publicKey)), kid }] } };
}

async function measure(gateways: readonly Gateway[], token: string): Promise<void> {
  const pathOf = ({ name }: Gateway) => (name === "ours" ? "/graphql" : "/");
  for (const gateway of gateways) await load(gateway, pathOf(gateway), token, WARM_UP_REQUESTS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const gateway of gateways) {
      const [before, startedAt] = [await cpuOf(gateway), performance.now()];
      await load(gateway, pathOf(gateway), token, REQUESTS);
      const seconds = (performance.now() - startedAt) / 1000;
      gateway.cpuMicros.push(((await cpuOf(gateway)) - before) / REQUESTS);
      gateway.requestsPerSecond.push(REQUESTS / seconds);
    }
  }
}

const { token, signingKey, keySet } = await keys();
const graph = await startGraph(keySet);
const folder = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const file = join(folder, "supergraph.graphql");
await writeFile(file, graph.supergraphSdl);
const shared = { SUPERGRAPH_FILE: file, APOLLO_TELEMETRY_DISABLED: "true" };
const ours = await start("ours", "router/main.ts", {
  ...shared,
  PORT: "0",
  LOG_LEVEL: "warn",
  IDENTITY_SIGNING_KEY: signingKey,
  ACCESS_TOKEN_JWKS_URL: graph.keySetUrl,
  ENDED_SESSIONS_SOURCE: "nobody",
  // Nobody listens there: no request of this measurement has anything to ask of Redis.
  REDIS_URL: "redis://127.0.0.1:9",
});
const stock = await start("stock", "bench/router-request/stock.ts", shared);
await measure([ours, stock], token);
for (const { name, cpuMicros, requestsPerSecond } of [ours, stock]) {
  const cpu = Math.round(median(cpuMicros));
  console.log(
    `${name}: ${cpu} µs CPU per request, ${Math.round(median(requestsPerSecond))} requests/s`,
  );
}
const ratio = median(stock.cpuMicros) / median(ours.cpuMicros);
console.log(`ratio (stock CPU per request / ours): ${ratio.toFixed(2)}`);
for (const { child } of [ours, stock]) child.disconnect();
graph.stop();
await rm(folder, { recursive: true });
