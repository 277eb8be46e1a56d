// Guarantees about health when a dependency is dead: no process becomes unready or is restarted
// because of Redis, no router because of one subgraph, and operators see how old everything is.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Service } from "../../../local/services.ts";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { startOwnSubgraph } from "../../kit/own-subgraph.ts";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import { stack } from "../../kit/stack.ts";

const PATIENCE = { timeout: 20_000, interval: 100 };

let redis: TcpProxy;
let events: Service;
let router: OwnRouter;

beforeAll(async () => {
  redis = await startProxy(stack().urls.redis);
  const url = new URL(stack().urls.redis);
  url.host = new URL(redis.url).host;
  const settings = { REDIS_URL: url.href };
  events = await startOwnSubgraph("events", settings);
  const address = new URL("/graphql", events.url).href;
  router = await startOwnRouter({ ...settings, SUBGRAPH_URL_EVENTS: address });
});

afterAll(async () => {
  await router.stop();
  await events.stop();
  await redis.stop();
});

interface Health {
  readonly status: "ok" | "unavailable";
  readonly optional?: Readonly<Record<string, OptionalHealth>>;
}

interface OptionalHealth {
  readonly status: "ok" | "failed";
  readonly reason?: string;
  readonly secondsSinceOk: number | null;
}

async function statusOf(url: string, path: string): Promise<number> {
  return (await fetch(new URL(path, url))).status;
}

/** The view of operators of a dependency that the service can do without. */
async function optional(adminUrl: string | undefined, name: string): Promise<OptionalHealth> {
  const answer = await fetch(new URL("/readyz?verbose", adminUrl));
  const health = (await answer.json()) as Health;
  const found = health.optional?.[name];
  if (!found) throw new Error(`${name} is not in ${JSON.stringify(health)}`);
  return found;
}

test("without Redis all stay ready, and operators see since when it is away", async () => {
  const pid = events.pid();
  const admins = [router.adminUrl, events.adminUrl];
  const states = () => Promise.all(admins.map((url) => optional(url, "redis")));
  const ok = { status: "ok", secondsSinceOk: 0 };
  await expect.poll(states, PATIENCE).toEqual([ok, ok]);
  expect(await statusOf(router.url, "/readyz")).toBe(200);

  redis.refuse(true);
  redis.cut();
  const failed = {
    status: "failed",
    reason: expect.stringMatching(/^not connected: /),
    secondsSinceOk: expect.any(Number),
  };
  await expect.poll(states, PATIENCE).toEqual([failed, failed]);
  for (const url of [router.url, events.url]) {
    for (const path of ["/livez", "/readyz", "/startupz"])
      expect(await statusOf(url, path), `${url}${path}`).toBe(200);
  }
  await expect
    .poll(async () => (await optional(events.adminUrl, "redis")).secondsSinceOk, PATIENCE)
    .toBeGreaterThan(0);

  redis.refuse(false);
  await expect.poll(states, PATIENCE).toEqual([ok, ok]);
  expect([events.pid(), events.restarts()]).toEqual([pid, 0]);
});

test("without one subgraph a router stays ready, and operators see which one is away", async () => {
  const own = () => optional(router.adminUrl, "events");
  await expect.poll(own, PATIENCE).toMatchObject({ status: "ok" });
  await events.stop();
  await expect.poll(own, PATIENCE).toMatchObject({
    status: "failed",
    reason: expect.stringMatching(/ECONNREFUSED|closed/),
    secondsSinceOk: expect.any(Number),
  });
  expect(await statusOf(router.url, "/readyz")).toBe(200);
  expect(await optional(router.adminUrl, "users")).toMatchObject({ status: "ok" });
  await events.start();
  await expect.poll(own, PATIENCE).toMatchObject({ status: "ok" });
});
