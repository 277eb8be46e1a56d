// The latency from `sendMessage` to the frame on another person's socket, with 100 messages a
// second in 20 conversations: the share of each step, and the ratio to a bare chat server on the
// same PostgreSQL and Redis. Sender and watchers have different routers and replicas of messaging,
// so every frame crosses Redis.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "undici";
import { newId } from "../../kit/data/id.ts";
import { startStack } from "../../local/stack.ts";
import { operation } from "../../schema/operations.ts";
import { quantile } from "../measured.ts";
import { startBare } from "./bare-process.ts";
import { now, type Sightings, watchAll } from "./watch.ts";

const CONVERSATIONS = 20;
const PER_SECOND = 100;
const WARM_UP_MS = 5_000;
const ROUND_MS = 10_000;
const ROUNDS = 3;
const LAST_FRAMES_MS = 1_000;

/** A sent message, with the times of the request and of the commit. */
interface Sent {
  readonly clientId: string;
  readonly askedAt: number;
  readonly messageId: string;
  readonly storedAt: number;
}

/** Sends at a fixed rate, without waiting for answers. */
async function sendSteadily<T>(forMs: number, send: (count: number) => Promise<T>): Promise<T[]> {
  const sends: Promise<T>[] = [];
  const startedAt = now();
  for (let count = 0; count < (forMs * PER_SECOND) / 1_000; count += 1) {
    await delay(Math.max(0, startedAt + (count * 1_000) / PER_SECOND - now()));
    sends.push(send(count));
  }
  const sent = await Promise.all(sends);
  await delay(LAST_FRAMES_MS);
  return sent;
}

interface Result {
  readonly __typename: string;
  readonly accessToken: string;
  readonly viewer: { readonly id: string };
  readonly conversation: { readonly id: string };
  readonly message: { readonly id: string; readonly createdAt: string };
}

/** A function that runs a mutation of schema/operations, which must succeed. */
function client(url: string) {
  const pool = new Pool(url, { connections: 50 });
  return async (name: string, input: object, token?: string): Promise<Result> => {
    const authorization = token && { authorization: `Bearer ${token}` };
    const { body } = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify({ query: operation(name), variables: { input } }),
    });
    const answer = (await body.json()) as { readonly data?: Readonly<Record<string, Result>> };
    const [result] = Object.values(answer.data ?? {});
    if (!result?.__typename.endsWith("Success")) throw new Error(JSON.stringify(answer));
    return result;
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function sighting(seen: Sightings, id: string): number {
  const at = seen.get(id);
  if (at === undefined) throw new Error(`a message did not arrive: ${id}`);
  return at;
}

const PARTS = [
  "request: client, router, messaging, batcher, lock",
  "append, commit and publish",
  "wake-up to event at the other replica, its message read",
  "router: the event passed on",
  "router: the sender joined from users",
];

/** `ways` has the times of each message after each step, `bare` the total latencies, in ms. */
function report(ways: readonly (readonly number[])[], bare: readonly number[]): void {
  const between = (from: number, to: number) =>
    ways.map((times) => (times.at(to) ?? Number.NaN) - (times.at(from) ?? Number.NaN));
  const whole = between(0, -1);
  for (const [at, part] of PARTS.entries()) {
    const share = (100 * mean(between(at, at + 1))) / mean(whole);
    console.log(`${share.toFixed(0).padStart(4)} %  ${part}`);
  }
  for (const part of [0.5, 0.95, 0.99]) {
    const [a, b] = [quantile(whole, part), quantile(bare, part)];
    const times = `ours ${a.toFixed(1)} ms, bare ${b.toFixed(1)} ms`;
    console.log(`p${part * 100}: ${times}, ratio ${(a / b).toFixed(2)}`);
  }
}

const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
await chmod(dataDir, 0o711);
const stack = await startStack({
  dataDir,
  isCompiled: true,
  replicas: { messaging: 2, router: 2 },
  env: {
    NODE_ENV: "production",
    RATE_LIMITS: "off",
    LOG_LEVEL: "warn",
    EMAIL_VERIFICATION: "off",
  },
});
try {
  const [near = "", far = ""] = stack.urls.routers;
  const ask = client(near);
  const people = await Promise.all(
    ["Sender", "Watcher"].map((displayName) =>
      ask("SignUp", { email: `${displayName}@bench.test`, password: newId(), displayName }),
    ),
  );
  const [sender, watcher] = people;
  if (!sender || !watcher) throw new Error("no person signed up");
  const memberIds = [watcher.viewer.id];
  const conversationIds: string[] = [];
  for (let at = 0; at < CONVERSATIONS; at += 1) {
    const group = { title: `Group ${at}`, memberIds };
    const made = await ask("CreateGroupConversation", group, sender.accessToken);
    conversationIds.push(made.conversation.id);
  }
  const watched = await watchAll(stack, { far, person: watcher, conversationIds });
  const bare = await startBare(stack.urls, CONVERSATIONS);

  const say = async (count: number): Promise<Sent> => {
    const [clientId, askedAt] = [newId(), now()];
    const conversationId = conversationIds[count % CONVERSATIONS];
    const input = { conversationId, clientMessageId: clientId, body: "See you tonight?" };
    const { message } = await ask("SendMessage", input, sender.accessToken);
    return { clientId, askedAt, messageId: message.id, storedAt: Date.parse(message.createdAt) };
  };

  await sendSteadily(WARM_UP_MS, say);
  await sendSteadily(WARM_UP_MS, bare.say);
  const ours: Sent[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(...(await sendSteadily(ROUND_MS, say)));
    const said = await sendSteadily(ROUND_MS, bare.say);
    theirs.push(...said.map(({ id, askedAt }) => sighting(bare.seen, id) - askedAt));
  }

  const places = ours.map(({ clientId, askedAt, messageId, storedAt }) => [
    askedAt,
    storedAt,
    sighting(watched.wakeUps, messageId),
    sighting(watched.subgraph, clientId),
    sighting(watched.router, clientId),
    sighting(watched.joined, clientId),
  ]);
  report(places, theirs);
  watched.close();
  bare.close();
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
