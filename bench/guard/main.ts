// The cost of the guard: the router's CPU per request with it, divided by the CPU without it, in
// the same run; once without rates, and once with rates and a real Redis, as in production. The
// subgraphs have made-up answers. Prints a ratio for each operation: 1.05 means 5 % more CPU.
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { startRedis } from "../../local/redis.ts";
import { RATE_NAMES } from "../../router/limits/rates.ts";
import { operation } from "../../schema/operations.ts";
import { cpuOf, createKeys, type Measured, median, start } from "../measured.ts";
import { startSubgraphs } from "./subgraphs.ts";

const CONNECTIONS = 50;
const ROUNDS = 12;
const WARM_UP_ROUNDS = 2;

interface Load {
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Requests of a round: about half a second of CPU. */
  readonly requests: number;
}

const LOADS: readonly Load[] = [
  { name: "Home", variables: { first: 5 }, requests: 150 },
  { name: "Me", variables: {}, requests: 600 },
  {
    name: "SendMessage",
    variables: {
      input: {
        conversationId: "019aa5c0-0000-7000-8000-000000000000",
        clientMessageId: "hello-1",
        body: "I land on Wednesday. Who is in town?",
      },
    },
    requests: 600,
  },
];

/** One alias more than the limit. */
const TOO_MUCH = `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: __typename`).join(" ")} }`;

async function post({ url }: Measured, token: string, body: string, count: number) {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  let left = count;
  let text = "";
  const work = async () => {
    while (left-- > 0) {
      const request = { method: "POST", path: "/graphql", headers, body } as const;
      text = await (await pool.request(request)).body.text();
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, CONNECTIONS) }, work));
  await pool.close();
  return JSON.parse(text) as { readonly data?: unknown; readonly errors?: readonly unknown[] };
}

async function cpuPerRequest(router: Measured, token: string, load: Load): Promise<number> {
  const { name, variables, requests } = load;
  const body = JSON.stringify({ query: operation(name), variables });
  const before = await cpuOf(router);
  const { data, errors } = await post(router, token, body, requests);
  if (!data || errors) throw new Error(`${name}: ${JSON.stringify(errors)?.slice(0, 300)}`);
  return ((await cpuOf(router)) - before) / requests;
}

/** Checks that one router refuses and the other does not. */
async function proveDifference(guarded: Measured, open: Measured, token: string): Promise<void> {
  const body = JSON.stringify({ query: TOO_MUCH });
  const [refused, admitted] = [
    await post(guarded, token, body, 1),
    await post(open, token, body, 1),
  ];
  if (!refused.errors || admitted.errors)
    throw new Error("the guard is off in the guarded router, or on in the open one");
}

/** The CPU of each router in µs per request, by name. */
type Round = ReadonlyMap<string, number>;

/** The CPU of all routers in each round. Each goes first in turn. The first rounds warm up. */
async function measure(load: Load): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
    const first = round % routers.length;
    const cpu = new Map<string, number>();
    for (const router of [...routers.slice(first), ...routers.slice(0, first)]) {
      cpu.set(router.name, await cpuPerRequest(router, token, load));
    }
    rounds.push(cpu);
  }
  return rounds.slice(WARM_UP_ROUNDS);
}

function describe({ name }: Load, rounds: readonly Round[], router: Measured): string {
  const microsOf = (round: Round, { name: of }: Measured) => round.get(of) ?? Number.NaN;
  const ratios = rounds
    .map((round) => microsOf(round, router) / microsOf(round, open))
    .sort((a, b) => a - b);
  const [low = 0, high = 0] = [ratios[ROUNDS / 4], ratios[(ROUNDS * 3) / 4 - 1]];
  const micros = (of: Measured) => Math.round(median(rounds.map((round) => microsOf(round, of))));
  return (
    `${name}, ${router.name}: ${micros(router)} µs, ${micros(open)} µs without, ratio ` +
    `${median(ratios).toFixed(3)} (middle half of the rounds ${low.toFixed(3)} to ${high.toFixed(3)})`
  );
}

const { token, signingKey, keySet } = await createKeys("profile:write messages:write");
const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const redis = await startRedis({ dataDir });
const subgraphs = await startSubgraphs(keySet);
const settings = {
  ...subgraphs.settings,
  PORT: "0",
  LOG_LEVEL: "warn",
  IDENTITY_SIGNING_KEY: signingKey,
  ACCESS_TOKEN_JWKS_URL: subgraphs.keySetUrl,
  TOKEN_FEED_SOURCE: "nobody",
  REDIS_URL: redis.url,
};
/** Limits that are counted as in production and never reached. */
const RATE_LIMITS = JSON.stringify(
  Object.fromEntries(RATE_NAMES.map((name) => [name, { burst: 1e6, perMinute: 1e6 }])),
);
const main = "router/main.ts";
const guarded = await start("guarded", main, settings);
const counted = await start("guarded, rates on", main, { ...settings, RATE_LIMITS });
const open = await start("open", main, settings, ["./bench/guard/without.ts"]);
const routers = [guarded, counted, open];
await proveDifference(guarded, open, token);
console.log(`load of this machine before: ${loadavg()[0]?.toFixed(1)}`);
for (const load of LOADS) {
  const rounds = await measure(load);
  for (const router of [guarded, counted]) console.log(describe(load, rounds, router));
}
for (const { child } of routers) child.disconnect();
subgraphs.stop();
await redis.stop();
await rm(dataDir, { recursive: true, force: true });
