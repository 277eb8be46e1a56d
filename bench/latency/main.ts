// The latency from `sendMessage` to the frame on another person's socket, with 100 messages a
// second in 20 conversations: its ratio to a bare chat server on the same PostgreSQL and Redis, the
// share of each step, and the CPU of each process. Sender and watcher have different routers and
// replicas of messaging, so every frame crosses Redis.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../../kit/data/id.ts";
import { type Stack, startStack } from "../../local/stack.ts";
import { startBare } from "./bare-process.ts";
import { createClient, type Send, sendSteadily } from "./client.ts";
import { cpuBelow, cpuReport } from "./cpu.ts";
import { createProfiles, profilesEnvironment } from "./profiles.ts";
import { latencyReport, sharesReport, sighting } from "./report.ts";
import { now, watchFrames, watchSteps } from "./watch.ts";

const CONVERSATIONS = 20;
const WARM_UP_MS = 3_000;
const ROUND_MS = 6_000;
const ROUNDS = 3;

/** Two people, the conversations that they have, and how the first sends to them. */
async function makeScene({ urls }: Stack) {
  const [near = "", far = ""] = urls.routers;
  const ask = createClient(near);
  const signUp = (displayName: string) =>
    ask("SignUp", { email: `${displayName}@bench.test`, password: newId(), displayName });
  const [sender, person] = await Promise.all([signUp("Sender"), signUp("Watcher")]);
  const conversationIds: string[] = [];
  for (let at = 0; at < CONVERSATIONS; at += 1) {
    const group = { title: `Group ${at}`, memberIds: [person.viewer.id] };
    const made = await ask("CreateGroupConversation", group, sender.accessToken);
    const accepted = { conversationId: made.conversation.id, answer: "ACCEPT" };
    await ask("AnswerMessageRequest", accepted, person.accessToken);
    conversationIds.push(made.conversation.id);
  }
  const send: Send = async (count) => {
    const [clientId, askedAt] = [newId(), now()];
    const conversationId = conversationIds[count % CONVERSATIONS];
    const input = { conversationId, clientMessageId: clientId, body: "See you tonight?" };
    const { message } = await ask("SendMessage", input, sender.accessToken);
    return { clientId, askedAt, messageId: message.id, storedAt: Date.parse(message.createdAt) };
  };
  return { wish: { far, person, conversationIds }, send };
}

async function measure(stack: Stack): Promise<void> {
  const profiles = createProfiles(stack);
  const { wish, send } = await makeScene(stack);
  const frames = watchFrames(wish);
  const bare = await startBare(stack.urls, CONVERSATIONS);
  await sendSteadily(WARM_UP_MS, send);
  await sendSteadily(WARM_UP_MS, bare.say);

  const ours: number[] = [];
  const theirs: number[] = [];
  const cpu = new Map<number, number>();
  await profiles?.start();
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = cpuBelow();
    const sent = await sendSteadily(ROUND_MS, send);
    for (const [pid, ms] of cpuBelow())
      cpu.set(pid, (cpu.get(pid) ?? 0) + ms - (before.get(pid) ?? 0));
    ours.push(...sent.map(({ clientId, askedAt }) => sighting(frames.seen, clientId) - askedAt));
    const said = await sendSteadily(ROUND_MS, bare.say);
    theirs.push(...said.map(({ id, askedAt }) => sighting(bare.seen, id) - askedAt));
  }
  await profiles?.end();
  console.log(latencyReport(ours, theirs));
  console.log(cpuReport(stack, cpu, ours.length));

  const steps = await watchSteps(stack, wish);
  await sendSteadily(WARM_UP_MS, send);
  console.log(sharesReport(await sendSteadily(ROUND_MS, send), steps, frames));
  for (const watcher of [frames, bare, ...Object.values(steps)]) watcher.close();
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
    ...profilesEnvironment(),
  },
});
try {
  await measure(stack);
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
