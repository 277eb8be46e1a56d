// A ledger of buckets in Redis: each bucket is charged, refunds arrive, and operations do not wait
// for a dead Redis.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { startRedis } from "../../local/redis.ts";
import { type Charge, chargeOf } from "../../router/policy/bucket.ts";
import { openRedisLedger } from "../../router/policy/ledger.ts";
import { stack } from "../kit/stack.ts";

const LOG = pino({ level: "silent" });
const PATIENCE_MS = 50;
const keyOf = () => `ledger-test:${randomUUID()}`;

describe("a ledger", () => {
  const chargesOf = (...keys: string[]) =>
    keys.map((key) => chargeOf(key, { burst: 2, perMinute: 1 }, 1));

  test("charges each bucket of an operation, also when Redis has lost the script", async () => {
    const { urls } = stack();
    const prefix = keyOf();
    const ledger = await openRedisLedger({ url: urls.redis, prefix, patienceMs: 5_000, log: LOG });
    const grantedOf = async (...keys: string[]) =>
      (await ledger.charge(chargesOf(...keys)))?.map(({ isGranted }) => isGranted);
    expect(await grantedOf("a")).toEqual([true]);
    expect(await grantedOf("a", "b")).toEqual([true, true]);
    const redis = new Redis(urls.redis);
    await redis.script("FLUSH");
    redis.disconnect();
    expect(await grantedOf("a", "b")).toEqual([false, true]);
    ledger.stop();
  });

  test("sends refunds with the charges of the same turn, or alone soon after", async () => {
    const { urls } = stack();
    const options = { url: urls.redis, prefix: keyOf(), patienceMs: 5_000, log: LOG };
    const ledgers = [await openRedisLedger(options), await openRedisLedger(options)] as const;
    const [one, other] = ledgers;
    const [charge] = chargesOf("a") as [Charge];
    const granted = async (ledger: typeof one) => (await ledger.charge([charge]))?.[0]?.isGranted;
    expect([await granted(one), await granted(one), await granted(one)]).toEqual([
      true,
      true,
      false,
    ]);
    one.refund([charge]);
    expect([await granted(one), await granted(one)]).toEqual([true, false]);
    one.refund([charge]);
    one.refund([charge]);
    await expect.poll(() => granted(other), { timeout: 10_000 }).toBe(true);
    expect([await granted(other), await granted(other)]).toEqual([true, false]);
    for (const ledger of ledgers) ledger.stop();
  });

  test("waits 50 ms for a Redis that hangs, then no longer, and notices its return", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "meetinity-buckets-"));
    const server = await startRedis({ dataDir });
    const { url, pid } = server;
    const ledger = await openRedisLedger({
      url,
      prefix: "hangs",
      patienceMs: PATIENCE_MS,
      log: LOG,
    });
    const ask = () => ledger.charge(chargesOf(randomUUID()));
    await expect.poll(ask, { timeout: 10_000 }).not.toBeNull();
    process.kill(pid, "SIGSTOP");
    const startedAt = performance.now();
    const together = await Promise.all(Array.from({ length: 20 }, ask));
    const waitedMs = performance.now() - startedAt;
    const afterwardsMs: number[] = [];
    for (let again = 0; again < 200; again += 1) {
      const askedAt = performance.now();
      expect(await ask()).toBeNull();
      afterwardsMs.push(performance.now() - askedAt);
    }
    process.kill(pid, "SIGCONT");
    expect(together).toEqual(Array(20).fill(null));
    expect(waitedMs).toBeGreaterThan(PATIENCE_MS - 1);
    // One after the other, they would have waited for longer.
    expect(waitedMs).toBeLessThan(20 * PATIENCE_MS);
    // A busy machine, and the end of a pause, make a few slow, but not half of them.
    expect(afterwardsMs.sort((a, b) => a - b)[100]).toBeLessThan(PATIENCE_MS);
    await expect.poll(ask, { timeout: 10_000 }).not.toBeNull();
    ledger.stop();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
