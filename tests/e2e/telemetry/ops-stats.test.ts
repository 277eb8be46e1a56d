// Guarantees about the figures of the running system that admins see.
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { createSummaryStore, type Summary } from "../../../kit/telemetry/summary-store.ts";
import { createTallies } from "../../../kit/telemetry/tally.ts";
import { operation } from "../../../schema/operations.ts";
import { ask } from "../../kit/client.ts";
import { codeOf, connect } from "../../kit/socket.ts";
import { stack } from "../../kit/stack.ts";
import { accessToken } from "../../kit/tokens.ts";

interface Stats {
  readonly requestsPerSecond: number;
  readonly requestP95Ms: number | null;
  readonly openSockets: number;
  readonly openSubscriptions: number;
  readonly services: readonly { readonly name: string; readonly processes: number }[];
}

const redis = new Redis(stack().urls.redis);
afterAll(() => redis.disconnect());

async function watch(scopes: readonly string[], router = 0) {
  const token = await accessToken({ userId: newId(), scopes: [...scopes] });
  const socket = await connect({ as: token, router });
  const id = socket.subscribe(operation("OpsStats"));
  return { socket, id };
}

test("an admin sees every process of the stack, and what clients ask of all routers", async () => {
  const { socket, id } = await watch(["admin"]);
  await ask("{ __typename }", {}, { router: 1 });
  await expect
    .poll(async () => (await socket.event<{ opsStats: Stats }>(id)).opsStats, { timeout: 20_000 })
    .toMatchObject({
      requestsPerSecond: expect.toSatisfy((rate: number) => rate > 0),
      requestP95Ms: expect.any(Number),
      openSockets: expect.toSatisfy((count: number) => count > 0),
      openSubscriptions: expect.toSatisfy((count: number) => count > 0),
      services: expect.toSatisfy((services: Stats["services"]) =>
        ["router", "users", "events"].every((wanted) =>
          services.some(({ name, processes }) => name === wanted && processes >= 2),
        ),
      ),
    });
  socket.close();
});

test("figures come again and again", async () => {
  const { socket, id } = await watch(["admin"], 1);
  const [one, other] = [await socket.event(id), await socket.event(id)];
  expect(other).not.toEqual(one);
  socket.close();
});

test.each([[[]], [["moderation:write", "events:write"]]])(
  "nobody else sees them: %j",
  async (scopes) => {
    const { socket, id } = await watch(scopes);
    const frame = await socket.next(id);
    expect([frame.type, codeOf(frame)]).toEqual(["error", "FORBIDDEN"]);
    socket.close();
  },
);

function aSummary(id: string, at: number): Summary {
  const facts = { id, service: "router", startedAt: 0, at, ...createTallies().roll() };
  const levels = { sockets: 0, subscriptions: 0, dueJobs: 0 };
  return { ...facts, ...levels, eventLoopMs: 0, memoryBytes: 0 };
}

const DAY_MS = 86_400_000;

test("a process is forgotten when it stops, or says nothing for a minute", async () => {
  const prefix = `ops-test-${randomUUID()}`;
  const store = createSummaryStore(redis, prefix);
  const now = Date.now();
  await store.write(aSummary("stopped", now));
  await store.write(aSummary("killed", now - 59_000));
  const idsAt = async (at: number) => (await store.readAll(at)).map(({ id }) => id).toSorted();
  expect(await idsAt(now)).toEqual(["killed", "stopped"]);
  await store.remove("stopped");
  expect(await idsAt(now)).toEqual(["killed"]);
  expect(await idsAt(now + 1_001)).toEqual([]);
  const keys = await redis.keys(`${prefix}:*`);
  expect(keys).not.toEqual([]);
  for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0);
});

test("a budget counts what all routers add in 30 days, and what is older no more", async () => {
  const store = createSummaryStore(redis, `ops-test-${randomUUID()}`);
  const now = Date.parse("2026-11-30T12:00:00Z");
  const add = (bad: number, all: number, at: number) =>
    store.addToBudgets(new Map([["queries", { target: 0.999, bad, all }]]), at);
  await Promise.all([add(1, 10, now), add(2, 20, now), add(4, 40, now - 29 * DAY_MS)]);
  await add(8, 80, now - 30 * DAY_MS);
  expect(await store.readBudgets(now)).toEqual(
    new Map([["queries", { target: 0.999, bad: 7, all: 70 }]]),
  );
});

test("what another release wrote is left out", async () => {
  const prefix = `ops-test-${randomUUID()}`;
  const store = createSummaryStore(redis, prefix);
  await store.write(aSummary("ours", Date.now()));
  await redis.set(`${prefix}:ops:process:theirs`, JSON.stringify({ id: "theirs", load: 1 }));
  await redis.zadd(`${prefix}:ops:processes`, Date.now(), "theirs");
  expect((await store.readAll(Date.now())).map(({ id }) => id)).toEqual(["ours"]);
});
