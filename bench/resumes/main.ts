// Memory of idle subscriptions, and reconnects: many people in conversations of a hundred, through
// our router, and as many sockets on a bare ws server. First their memory is measured; then all are
// cut, miss some messages, and resume at their position within ten seconds.
import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { newId } from "../../kit/data/id.ts";
import {
  makeConversation,
  type Site,
  senderOf,
  startMeasured,
  startSite,
  tokensFor,
} from "../live/site.ts";
import { ask, canPin, cpuOf, launch, type Measured, memoryOf, stop } from "../measured.ts";
import type { Order, Outcome, Watcher } from "./orders.ts";

const IN_ONE_CONVERSATION = 100;
const PER_PROCESS = 2_500;
const OPENED_AT_ONCE = 50;
const WINDOW_MS = 10_000;
const MISSED = 5;
const BYTES_PER_KILOBYTE = 1_024;
/** File handles of a server that are not sockets of watchers. */
const OTHER_HANDLES = 500;
/** Time for the server to notice closed sockets. */
const GONE_WITHIN_MS = 3_000;

const { values: options } = parseArgs({
  options: { subscriptions: { type: "string", default: "10000" } },
});

const WATCH = `subscription Watch($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) {
    seq
    ... on MessageSent { message { id body sender { displayName } } }
  }
}`;

/** The wanted number, limited by the file handles of a process. */
function countOf(wanted: number): number {
  const handles = Number(spawnSync("sh", ["-c", "ulimit -n"]).stdout.toString());
  const most = Number.isNaN(handles) ? wanted : Math.min(wanted, handles - OTHER_HANDLES);
  return most - (most % IN_ONE_CONVERSATION);
}

interface Crowd {
  /** Sends an order to all processes, and returns their joint outcome. */
  tell(order: (watchers: readonly Watcher[]) => Order): Promise<Outcome>;
  stop(): Promise<void>;
}

async function startCrowd(watchers: readonly Watcher[]): Promise<Crowd> {
  const parts: { readonly child: ChildProcess; readonly own: readonly Watcher[] }[] = [];
  for (let at = 0; at < watchers.length; at += PER_PROCESS) {
    const args = ["--conditions=compiled", "dist/bench/resumes/clients.js"];
    const child = launch({ args, env: {} });
    await once(child, "message");
    parts.push({ child, own: watchers.slice(at, at + PER_PROCESS) });
  }
  return {
    async tell(order) {
      const outcomes = await Promise.all(
        parts.map(async ({ child, own }) => {
          const done = Promise.race([once(child, "message"), once(child, "exit")]);
          child.send(order(own));
          const [outcome] = (await done) as [Outcome | number];
          if (typeof outcome === "number") throw new Error(`watchers ended with ${outcome}`);
          return outcome;
        }),
      );
      const timesMs = outcomes.flatMap((outcome) => outcome.timesMs);
      return { kind: "done", timesMs, wrong: outcomes.reduce((sum, each) => sum + each.wrong, 0) };
    },
    async stop() {
      await Promise.all(parts.map(({ child }) => stop({ child })));
    },
  };
}

/** The memory of a server per watcher, in bytes, and the times of the reconnects. */
async function held(
  server: Measured,
  crowd: Crowd,
  count: number,
  said: () => Promise<number | null>,
) {
  await ask(server, "collected");
  const before = await memoryOf(server);
  await crowd.tell((watchers) => ({ kind: "open", watchers, atOnce: OPENED_AT_ONCE }));
  const first = await said();
  if (first !== null) await crowd.tell(() => ({ kind: "reach", position: first }));
  await ask(server, "collected");
  const bytes = ((await memoryOf(server)) - before) / count;
  await crowd.tell(() => ({ kind: "cut" }));
  await delay(GONE_WITHIN_MS);
  let position = first;
  for (let missed = 0; missed < MISSED; missed += 1) position = await said();
  const cpuBefore = await cpuOf(server);
  const { timesMs, wrong } = await crowd.tell(() => ({
    kind: "return",
    position,
    windowMs: WINDOW_MS,
  }));
  if (wrong > 0) throw new Error(`${server.name}: ${wrong} events came twice or out of order`);
  const cpuMicros = ((await cpuOf(server)) - cpuBefore) / count;
  return { bytes, cpuMicros, timesMs: [...timesMs].sort((a, b) => a - b) };
}

async function ours(site: Site, count: number) {
  const send = await senderOf(site);
  const url = new URL("/graphql", site.router.url).href;
  const watchers: Watcher[] = [];
  const conversationIds: string[] = [];
  for (let at = 0; at < count; at += IN_ONE_CONVERSATION) {
    const { id: conversationId, memberIds } = await makeConversation(site, IN_ONE_CONVERSATION);
    conversationIds.push(conversationId);
    for (const token of await tokensFor(site, memberIds)) {
      const greeting = { type: "connection_init", payload: { authorization: `Bearer ${token}` } };
      const payload = { query: WATCH, variables: { conversationId, after: -1 } };
      const wish = JSON.stringify({ id: newId(), type: "subscribe", payload });
      watchers.push({ url, greeting: JSON.stringify(greeting), wish, position: 0 });
    }
  }
  const crowd = await startCrowd(watchers);
  let position = 0;
  const figures = await held(site.router, crowd, count, async () => {
    await Promise.all(conversationIds.map((id) => send(id, "See you at the meetup tonight?")));
    position += 1;
    return position;
  });
  await crowd.stop();
  return figures;
}

async function bare(site: Site, count: number) {
  const env = { REDIS_URL: site.stack.urls.redis, CHANNEL: `bench:${newId()}` };
  const server = await startMeasured("bare ws", "bench/live/bare", { env });
  const own = { url: server.url, greeting: null, wish: null, position: 0 };
  const crowd = await startCrowd(Array.from({ length: count }, () => own));
  const figures = await held(server, crowd, count, async () => null);
  await crowd.stop();
  await stop(server);
  return figures;
}

const [loadBefore = 0] = loadavg();
const count = countOf(Number(options.subscriptions));
const site = await startSite({ isProfiled: false });
try {
  const cores = canPin ? "each server alone on one" : "nothing pinned";
  console.log(`Node.js ${process.version}, ${cpus().length} cores, ${cores}`);
  console.log(`load before ${loadBefore.toFixed(1)}; ${count} subscriptions, a socket each`);
  const sides = [await ours(site, count), await bare(site, count)] as const;
  const kilobytes = sides.map(({ bytes }) => bytes / BYTES_PER_KILOBYTE);
  const [own = 0, theirs = 0] = kilobytes;
  console.log(
    `memory: ours / bare ${(own / theirs).toFixed(1)}; ${own.toFixed(1)} KB a subscription,`,
  );
  console.log(`  ${theirs.toFixed(1)} KB a bare socket`);
  console.log(`all come back within ${WINDOW_MS} ms, ours behind ${MISSED} events: nothing lost`);
  const micros = sides.map(({ cpuMicros }) => cpuMicros.toFixed(0));
  console.log(`  CPU of the server for each: ours ${micros[0]} µs, bare ${micros[1]} µs`);
  for (const part of [0.5, 0.95, 0.99]) {
    const [a = 0, b = 0] = sides.map(({ timesMs }) => timesMs[Math.floor(timesMs.length * part)]);
    console.log(`  p${part * 100}: ours ${a.toFixed(1)} ms, bare ${b.toFixed(1)} ms`);
  }
} finally {
  await site.stop();
}
