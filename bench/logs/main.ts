// The cost of logs: the CPU of all processes per operation with one line for each at `info`,
// divided by that at `warn`, where nobody counts statements either. One stack in one run, whose
// level is changed on its admin ports from round to round. 1.05 means 5 % more CPU.
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { type Stack, startStack } from "../../local/stack.ts";
import { operation } from "../../schema/operations.ts";
import { median } from "../measured.ts";

const CONNECTIONS = 20;
const ROUNDS = 12;
const WARM_UP_ROUNDS = 2;
const LEVELS = ["info", "warn"] as const;
type Level = (typeof LEVELS)[number];

interface Load {
  readonly name: string;
  readonly variables: object;
  readonly requests: number;
}

const LOADS: readonly Load[] = [
  { name: "Home", variables: { first: 5 }, requests: 150 },
  { name: "Me", variables: {}, requests: 400 },
];

async function post(url: string, token: string, { name, variables, requests }: Load) {
  const pool = new Pool(new URL(url).origin, { connections: CONNECTIONS });
  const body = JSON.stringify({ query: operation(name), variables });
  const headers = {
    "content-type": "application/json",
    ...(token && { authorization: `Bearer ${token}` }),
  };
  let left = requests;
  let text = "";
  const work = async () => {
    while (left-- > 0) {
      const answer = await pool.request({ method: "POST", path: "/graphql", headers, body });
      text = await answer.body.text();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await pool.close();
  const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: unknown };
  if (!data || errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  return data;
}

async function signUp(url: string): Promise<string> {
  const input = {
    email: "bench@meetinity.test",
    password: "correct horse battery staple",
    displayName: "Bench",
  };
  const data = await post(url, "", { name: "SignUp", variables: { input }, requests: 1 });
  return (data.signUp as { readonly accessToken: string }).accessToken;
}

/** Of all processes, in seconds. */
async function cpuOf({ urls }: Stack): Promise<number> {
  const seconds = Object.values(urls.admin).map(async (admin) => {
    const text = await (await fetch(new URL("/metrics", admin))).text();
    return Number(/^process_cpu_seconds_total ([\d.e+-]+)$/m.exec(text)?.[1]);
  });
  return (await Promise.all(seconds)).reduce((sum, each) => sum + each, 0);
}

async function setLevel({ urls }: Stack, level: Level): Promise<void> {
  for (const admin of Object.values(urls.admin)) {
    const answer = await fetch(new URL("/log-level", admin), {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ level }),
    });
    if (!answer.ok) throw new Error(`the level is not set: ${await answer.text()}`);
  }
}

/** In µs for each operation. */
async function cpuPerOperation(stack: Stack, token: string, load: Load): Promise<number> {
  const before = await cpuOf(stack);
  await post(stack.urls.graphql, token, load);
  return (((await cpuOf(stack)) - before) / load.requests) * 1e6;
}

/** Each level goes first in turn. The first rounds warm up. */
async function measure(stack: Stack, token: string, load: Load): Promise<string> {
  const rounds: Record<Level, number>[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP_ROUNDS; round += 1) {
    const cpu = { info: 0, warn: 0 };
    for (const level of round % 2 === 0 ? LEVELS : LEVELS.toReversed()) {
      await setLevel(stack, level);
      cpu[level] = await cpuPerOperation(stack, token, load);
    }
    rounds.push(cpu);
  }
  const counted = rounds.slice(WARM_UP_ROUNDS);
  const ratios = counted.map(({ info, warn }) => info / warn).sort((a, b) => a - b);
  const [low = 0, high = 0] = [ratios[ROUNDS / 4], ratios[(ROUNDS * 3) / 4 - 1]];
  const micros = (level: Level) => Math.round(median(counted.map((round) => round[level])));
  return (
    `${load.name}: ${micros("info")} µs, ${micros("warn")} µs without, ratio ` +
    `${median(ratios).toFixed(3)} (middle half of the rounds ${low.toFixed(3)} to ${high.toFixed(3)})`
  );
}

const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const env = { LOG_LEVEL: "warn", NODE_ENV: "development" };
const stack = await startStack({ dataDir, isDurable: false, isCompiled: true, env });
try {
  const token = await signUp(stack.urls.graphql);
  console.log(`load of this machine before: ${loadavg()[0]?.toFixed(1)}`);
  for (const load of LOADS) console.log(await measure(stack, token, load));
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
