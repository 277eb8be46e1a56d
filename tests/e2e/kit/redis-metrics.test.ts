// Guarantees about the metrics of connections to Redis, with the stack's Redis behind a line that
// the test cuts.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectStrictly } from "../../../kit/data/redis.ts";
import { redisHealth } from "../../../kit/data/redis-metrics.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { printMetrics } from "../../../kit/telemetry/metrics.ts";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import { stack } from "../../kit/stack.ts";
import { readMetrics, sumOf } from "../telemetry/scrapes.ts";

const POLL = { timeout: 20_000, interval: 20 };
const log = createLog({ name: "redis-metrics-test", level: "silent" });

let proxy: TcpProxy;
let url: string;
beforeAll(async () => {
  proxy = await startProxy(stack().urls.redis);
  const behind = new URL(stack().urls.redis);
  behind.host = new URL(proxy.url).host;
  url = behind.href;
});
afterAll(() => proxy.stop());

const value = async (name: string, labels = {}) =>
  sumOf(readMetrics(await printMetrics()), name, labels);
const connections = (state: string) => value("redis_connections", { use: "rates", state });

test("commands count by name, those that wait have no duration, and no key is shown", async () => {
  const redis = connectStrictly("rates", url, log, 5_000);
  await expect.poll(() => connections("ready"), POLL).toBe(1);
  const key = `secret-${randomUUID()}`;
  await redis.pipeline().set(key, "1", "EX", 10).get(key).exec();
  await redis.get(key);
  await redis.xread("COUNT", 1, "BLOCK", 1, "STREAMS", `${key}s`, "$");
  await expect(redis.lpush(key, "no list")).rejects.toThrow();
  const durations = (command: string) => value("redis_command_duration_seconds_count", { command });
  expect([await durations("get"), await durations("set"), await durations("xread")]).toEqual([
    2, 1, 0,
  ]);
  expect(await value("redis_command_failures_total", { command: "lpush" })).toBe(1);
  expect(await printMetrics()).not.toContain(key);
  redis.disconnect();
  await expect.poll(() => connections("ready"), POLL).toBe(0);
  expect(await connections("down")).toBe(0);
});

test("a connection that breaks is down, with the time since then, until it is back", async () => {
  const redis = connectStrictly("rates", url, log, 5_000);
  await expect.poll(() => connections("ready"), POLL).toBe(1);
  expect(redisHealth()).toEqual({ redis: { isOk: true, secondsSinceOk: 0 } });
  const breaks = () => value("redis_connection_breaks_total", { use: "rates" });
  const before = await breaks();
  proxy.refuse(true);
  proxy.cut();
  await expect.poll(() => connections("down"), POLL).toBe(1);
  expect(await breaks()).toBe(before + 1);
  expect(redisHealth(Date.now() + 60_000)).toMatchObject({
    redis: { isOk: false, reason: "not connected: rates", secondsSinceOk: 60 },
  });
  proxy.refuse(false);
  await expect.poll(() => connections("ready"), POLL).toBe(1);
  expect(await breaks()).toBe(before + 1);
  redis.disconnect();
});
