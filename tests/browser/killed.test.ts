// Guarantees on a stack of its own, whose messaging process is killed and whose access tokens end
// after seconds: two people go on talking.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Stack, startStack } from "../../local/stack.ts";
import { useStack } from "../kit/stack.ts";
import { type Chat, chatOf, expectTheSame, write } from "./chat.ts";
import { aMatchedPair } from "./people.ts";
import { signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { SOON, type Stage, scenario, TALL, type Visitor } from "./stage.ts";
import { LINE_IS_CUT } from "./watch.ts";

const TOKEN_SECONDS = 9;
let stack: Stack;

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-browser-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(dataDir, 0o711);
  stack = await startStack({
    dataDir,
    isDurable: false,
    env: { NODE_ENV: "test", LOG_LEVEL: "info" },
    envOf: { users: { ACCESS_TOKEN_SECONDS: String(TOKEN_SECONDS) } },
  });
  const { urls, keys, storage, redisPrefix } = stack;
  useStack({ urls, keys, storage, redisPrefix, dataDir });
});
const site = useSite({});
afterAll(async () => {
  await stack.stop();
  await rm(stack.dataDir, { recursive: true, force: true });
});

async function aTalk({ visitor }: Stage) {
  const pair = await aMatchedPair();
  const path = `conversations/${pair.conversationId}`;
  const both = [
    await visitor("ada", { size: TALL }),
    await visitor("grace", { size: TALL }),
  ] as const;
  const [ada, grace] = both;
  await signIn(ada.page, site(), pair.ada, { path, shows: "Grace Hopper" });
  await signIn(grace.page, site(), pair.grace, { path, shows: "Ada Lovelace" });
  return { both, chats: [chatOf(ada.page), chatOf(grace.page)] as [Chat, Chat] };
}

/** Counts the renewals of a session. */
function renewalsOf({ page }: Visitor): () => number {
  let count = 0;
  page.on("request", (request) => {
    if (/\/session\b|refreshToken/.test(`${request.url()} ${request.postData() ?? ""}`)) count += 1;
  });
  return () => count;
}

scenario("messaging is killed while both write, and nothing is lost", async (stage) => {
  const { both, chats } = await aTalk(stage);
  for (const { announce } of both) announce(...LINE_IS_CUT);
  const [a, g] = chats;
  const writing = [write(a, "ada", 1, 10), write(g, "grace", 1, 10)];
  await expect.poll(async () => (await g.words()).length, SOON).toBeGreaterThan(3);
  await stack.kill("messaging");
  const written = await Promise.all(writing);
  await stack.running("messaging");
  await expectTheSame(chats, ...written);
});

scenario("access tokens end while both talk, and nobody notices", async (stage) => {
  const { both, chats } = await aTalk(stage);
  const renewals = both.map(renewalsOf);
  const written: [string[], string[]] = [[], []];
  for (let at = 1; Math.min(...renewals.map((count) => count())) < 3; at += 1) {
    for (const [who, chat] of chats.entries()) {
      written[who]?.push(...(await write(chat, who === 0 ? "ada" : "grace", at, 1)));
    }
    await expectTheSame(chats, ...written);
    const before = renewals.map((count) => count());
    await expect
      .poll(() => renewals.every((count, who) => count() > (before[who] ?? 0)), SOON)
      .toBe(true);
  }
  expect(written[0].length).toBeGreaterThan(1);
});
