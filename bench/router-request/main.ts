// Router CPU per request of a query over two subgraphs, against stock Apollo gateway and server in
// the same run. Every request has its own key, so that nobody gains by sharing calls. Prints the
// ratio: above 1 we need less.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { cpuOf, createKeys, type Measured, median, start } from "../measured.ts";
import { QUERY, startGraph } from "./graph.ts";

const CONNECTIONS = 50;
const WARM_UP_REQUESTS = 3_000;
const REQUESTS = 6_000;
const ROUNDS = 3;

interface Gateway extends Measured {
  /** Of each round, in µs per request. */
  readonly cpuMicros: number[];
  readonly requestsPerSecond: number[];
}

async function startGateway(...of: Parameters<typeof start>): Promise<Gateway> {
  return { ...(await start(...of)), cpuMicros: [], requestsPerSecond: [] };
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

const { token, signingKey, keySet } = await createKeys();
const graph = await startGraph(keySet);
const folder = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const file = join(folder, "supergraph.graphql");
await writeFile(file, graph.supergraphSdl);
const shared = { SUPERGRAPH_FILE: file, APOLLO_TELEMETRY_DISABLED: "true" };
const ours = await startGateway("ours", "router/main.ts", {
  ...shared,
  PORT: "0",
  LOG_LEVEL: "warn",
  IDENTITY_SIGNING_KEY: signingKey,
  ACCESS_TOKEN_JWKS_URL: graph.keySetUrl,
  ENDED_SESSIONS_SOURCE: "nobody",
  // Nobody listens there: no request of this measurement has anything to ask of Redis.
  REDIS_URL: "redis://127.0.0.1:9",
});
const stock = await startGateway("stock", "bench/router-request/stock.ts", shared);
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
