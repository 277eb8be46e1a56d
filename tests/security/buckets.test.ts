// Guarantees about buckets in Redis: the script does what the arithmetic says, in one step, however
// many ask at once over however many connections; and nobody waits for a Redis that is away.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom, integer, record } from "fast-check";
import { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRedis } from "../../local/redis.ts";
import {
  CHARGE_SCRIPT,
  type Charge,
  charged,
  chargeOf,
  type Level,
  type Rate,
  returned,
} from "../../router/policy/bucket.ts";
import { openRedisLedger } from "../../router/policy/ledger.ts";
import { stack } from "../kit/stack.ts";

const LOG = pino({ level: "silent" });

let connections: readonly Redis[];
beforeAll(() => {
  connections = [1, 2].map(() => new Redis(stack().urls.redis));
});
afterAll(() => {
  for (const redis of connections) redis.disconnect();
});

const keyOf = () => `buckets-test:${randomUUID()}`;

/** How a bucket is charged over one connection. */
type ChargeOver = (redis: Redis, charge: Charge) => Promise<Level>;

const atomically: ChargeOver = async (redis, { key, amount, capacity }) => {
  const answer = (await redis.eval(CHARGE_SCRIPT, 1, key, amount, capacity)) as number[];
  const [isGranted, fullAt = 0, now = 0] = answer;
  return { isGranted: isGranted === 1, fullAt, now };
};

/** The same arithmetic, with time between what it reads and what it writes. */
const inTwoSteps: ChargeOver = async (redis, charge) => {
  const stored = await redis.get(charge.key);
  const level = charged(stored === null ? undefined : Number(stored), charge, await nowOf(redis));
  if (level.isGranted) await redis.set(charge.key, level.fullAt, "PX", 60_000);
  return level;
};

async function nowOf(redis: Redis): Promise<number> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1_000_000 + Number(micros);
}

const anyRate = record({
  burst: integer({ min: 1, max: 200 }),
  perMinute: integer({ min: 1, max: 60_000 }),
});
const anyRush = array(
  record({ units: integer({ min: 1, max: 60 }), refund: constantFrom(0, 0, 1) }),
  { minLength: 20, maxLength: 60 },
);

/**
 * What a rush over two connections got and kept, in units over what the bucket held and what flowed
 * in by the clock of Redis.
 */
async function excessOf(
  over: ChargeOver,
  rate: Rate,
  rush: readonly { readonly units: number; readonly refund: number }[],
): Promise<number> {
  const key = keyOf();
  const [first] = connections;
  if (!first) throw new Error("not connected");
  const startedAt = await nowOf(first);
  const kept = await Promise.all(
    rush.map(async ({ units, refund }, at) => {
      const redis = connections[at % 2] ?? first;
      const charge = chargeOf(key, rate, units);
      if (!(await over(redis, charge)).isGranted) return 0;
      if (refund) await over(redis, returned(charge));
      return refund ? 0 : charge.amount;
    }),
  );
  const elapsed = (await nowOf(first)) - startedAt;
  const { amount: unit, capacity } = chargeOf(key, rate, 1);
  const total = kept.reduce((sum, each) => sum + each, 0);
  return (total - capacity - elapsed) / unit;
}

describe("the script", () => {
  test("does what the arithmetic says, refunds and refusals included", async () => {
    const [redis] = connections;
    if (!redis) throw new Error("not connected");
    const step = record({
      units: integer({ min: 1, max: 300 }),
      isBack: constantFrom(true, false),
    });
    const agrees = asyncProperty(anyRate, array(step, { maxLength: 20 }), async (rate, steps) => {
      const key = keyOf();
      for (const { units, isBack } of steps) {
        const asked = chargeOf(key, rate, units);
        const charge = isBack ? returned(asked) : asked;
        const stored = await redis.get(key);
        const level = await atomically(redis, charge);
        // A key that expires in between was of a bucket that is full.
        expect(level).toEqual(charged(Number(stored ?? level.now), charge, level.now));
      }
    });
    await assert(agrees, { seed: 4, numRuns: 100 });
  });

  test("leaves no key behind a bucket that is full, and none that outlives the filling", async () => {
    const [redis] = connections;
    const rate = { burst: 10, perMinute: 600 };
    const charge = chargeOf(keyOf(), rate, 5);
    if (!redis) throw new Error("not connected");
    await atomically(redis, charge);
    expect(await redis.pttl(charge.key)).toBeGreaterThan(0);
    expect(await redis.pttl(charge.key)).toBeLessThanOrEqual(500);
    await atomically(redis, returned(charge));
    expect(await redis.exists(charge.key)).toBe(0);
  });
});

describe("never more is granted, refunds taken off, than the burst and what flowed in", () => {
  test("however many ask at once over two connections", async () => {
    const holds = asyncProperty(anyRate, anyRush, async (rate, rush) => {
      expect(await excessOf(atomically, rate, rush)).toBeLessThanOrEqual(0);
    });
    await assert(holds, { seed: 4, numRuns: 100 });
  });

  test("which a bucket that is read and then written does not keep", async () => {
    const holds = asyncProperty(anyRate, anyRush, async (rate, rush) => {
      expect(await excessOf(inTwoSteps, rate, rush)).toBeLessThanOrEqual(0);
    });
    await expect(assert(holds, { seed: 4, numRuns: 100 })).rejects.toThrow(/failed after/);
  });
});

describe("a ledger", () => {
  const chargesOf = (...keys: string[]) =>
    keys.map((key) => chargeOf(key, { burst: 2, perMinute: 1 }, 1));

  test("charges the buckets of one operation each for itself, also when Redis forgot the script", async () => {
    const { urls } = stack();
    const prefix = keyOf();
    const ledger = await openRedisLedger({ url: urls.redis, prefix, patienceMs: 5_000, log: LOG });
    const grantedOf = async (...keys: string[]) =>
      (await ledger.charge(chargesOf(...keys)))?.map(({ isGranted }) => isGranted);
    expect(await grantedOf("a")).toEqual([true]);
    expect(await grantedOf("a", "b")).toEqual([true, true]);
    await connections[0]?.script("FLUSH");
    expect(await grantedOf("a", "b")).toEqual([false, true]);
    ledger.stop();
  });

  test("fills buckets with what is given back: behind charges of this turn, or soon without any", async () => {
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
    one.giveBack([charge]);
    expect([await granted(one), await granted(one)]).toEqual([true, false]);
    one.giveBack([charge]);
    one.giveBack([charge]);
    await expect.poll(() => granted(other)).toBe(true);
    expect([await granted(other), await granted(other)]).toEqual([true, false]);
    for (const ledger of ledgers) ledger.stop();
  });

  test("waits 50 ms for a Redis that hangs, then not at all, and finds it again", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "meetinity-buckets-"));
    const server = await startRedis({ dataDir });
    const { url, pid } = server;
    const ledger = await openRedisLedger({ url, prefix: "hangs", patienceMs: 50, log: LOG });
    const ask = () => ledger.charge(chargesOf(randomUUID()));
    await expect.poll(ask).not.toBeNull();
    process.kill(pid, "SIGSTOP");
    const startedAt = performance.now();
    const together = await Promise.all(Array.from({ length: 20 }, ask));
    const waitedMs = performance.now() - startedAt;
    const afterwardsAt = performance.now();
    for (let again = 0; again < 200; again += 1) expect(await ask()).toBeNull();
    const afterwardsMs = performance.now() - afterwardsAt;
    process.kill(pid, "SIGCONT");
    expect(together).toEqual(Array(20).fill(null));
    expect(waitedMs).toBeGreaterThan(49);
    expect(waitedMs).toBeLessThan(500);
    // A fifth of a wait for each of the 200 would be more.
    expect(afterwardsMs).toBeLessThan(1_000);
    await expect.poll(ask, { timeout: 10_000 }).not.toBeNull();
    ledger.stop();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
