// Buckets in Redis: the script equals the arithmetic and is atomic, with many requests at once over
// several connections.
import { randomUUID } from "node:crypto";
import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from "fast-check";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rate } from "../../router/limits/rates.ts";
import {
  CHARGE_SCRIPT,
  type Charge,
  charged,
  chargeOf,
  type Level,
  refundOf,
} from "../../router/policy/bucket.ts";
import { greatestExcess, type Taking } from "../kit/intervals.ts";
import { stack } from "../kit/stack.ts";

let connections: readonly Redis[];
beforeAll(() => {
  connections = [1, 2].map(() => new Redis(stack().urls.redis));
});
afterAll(() => {
  for (const redis of connections) redis.disconnect();
});

const keyOf = () => `buckets-test:${randomUUID()}`;

/** Charges a bucket over one connection. */
type ChargeOver = (redis: Redis, charge: Charge) => Promise<Level>;

const atomically: ChargeOver = async (redis, { key, amount, capacity }) => {
  const answer = (await redis.eval(CHARGE_SCRIPT, 1, key, amount, capacity)) as number[];
  const [isGranted, fullAt = 0, now = 0] = answer;
  return { isGranted: isGranted === 1, fullAt, now };
};

/** The same arithmetic, with time between the read and the write. */
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
 * The greatest excess of any interval, in µs of inflow, of many charges over two connections: what
 * they got and kept, minus the level and the inflow by the clock of Redis.
 */
async function excessOf(
  over: ChargeOver,
  rate: Rate,
  rush: readonly { readonly units: number; readonly refund: number }[],
): Promise<number> {
  const key = keyOf();
  const [first] = connections;
  if (!first) throw new Error("not connected");
  const takings: Taking[] = [];
  await Promise.all(
    rush.map(async ({ units, refund }, at) => {
      const redis = connections[at % 2] ?? first;
      const charge = chargeOf(key, rate, units);
      const level = await over(redis, charge);
      if (!level.isGranted) return;
      takings.push({ at: level.now, amount: charge.amount });
      if (!refund) return;
      const { now } = await over(redis, refundOf(charge));
      takings.push({ at: now, amount: -charge.amount });
    }),
  );
  return greatestExcess(takings, { burst: chargeOf(key, rate, 1).capacity, perTime: 1 });
}

describe("the script", () => {
  test("equals the arithmetic, refunds and refusals included", async () => {
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
        const charge = isBack ? refundOf(asked) : asked;
        const stored = await redis.get(key);
        const level = await atomically(redis, charge);
        // A key that expires in between is of a full bucket.
        expect(level).toEqual(charged(Number(stored ?? level.now), charge, level.now));
      }
    });
    await assert(agrees, { seed: 4, numRuns: 100 });
  });

  test("keeps no key of a full bucket, and no key longer than filling takes", async () => {
    const [redis] = connections;
    const rate = { burst: 10, perMinute: 600 };
    const charge = chargeOf(keyOf(), rate, 5);
    if (!redis) throw new Error("not connected");
    await atomically(redis, charge);
    expect(await redis.pttl(charge.key)).toBeGreaterThan(0);
    expect(await redis.pttl(charge.key)).toBeLessThanOrEqual(500);
    await atomically(redis, refundOf(charge));
    expect(await redis.exists(charge.key)).toBe(0);
  });
});

/** The script with a clock that a test sets, so that hours take no time. */
const BY_SET_CLOCK = CHARGE_SCRIPT.replace(
  'redis.call("TIME")',
  "{math.floor(tonumber(ARGV[3]) / 1000000), tonumber(ARGV[3]) % 1000000}",
);

/** The guards of the script, each with its text and the text without it. */
const GUARDS = {
  idle: ["math.max(stored, now)", "stored"],
  refund: ["math.max(before + amount, now)", "before + amount"],
  refusal: ["after - now > capacity", "false"],
  clock: ["math.min(math.max(stored, now), now + capacity)", "math.max(stored, now)"],
} as const;

function scriptWithout(guard: keyof typeof GUARDS): string {
  const [there, instead] = GUARDS[guard];
  expect(BY_SET_CLOCK.split(there)).toHaveLength(2);
  return BY_SET_CLOCK.replace(there, instead);
}

interface Step {
  readonly units: number;
  readonly pauseMs: number;
  readonly isBack: boolean;
}

const anySteps = array(
  record({
    units: integer({ min: 1, max: 300 }),
    pauseMs: oneof(integer({ min: 0, max: 2_000 }), integer({ min: 0, max: 3_600_000 })),
    isBack: constantFrom(false, false, true),
  }),
  { minLength: 5, maxLength: 30 },
);

/** Like `excessOf`, for charges in sequence. Each may be refunded with the next one. */
async function excessBySetClock(script: string, rate: Rate, steps: readonly Step[]) {
  const [redis] = connections;
  if (!redis) throw new Error("not connected");
  const key = keyOf();
  const { capacity } = chargeOf(key, rate, 1);
  const takings: Taking[] = [];
  let excess = -capacity;
  let now = 1_000_000_000_000_000;
  const take = async ({ amount }: Charge): Promise<boolean> => {
    const answer = await redis.eval(script, 1, key, amount, capacity, now);
    const [isGranted, fullAt = 0] = answer as number[];
    // A bucket above its burst has an unexplained inflow.
    excess = Math.max(excess, now - fullAt);
    if (isGranted === 1) takings.push({ at: now, amount });
    return isGranted === 1;
  };
  let owed: Charge | null = null;
  for (const { units, pauseMs, isBack } of steps) {
    now += pauseMs * 1_000;
    if (owed) await take(refundOf(owed));
    const charge = chargeOf(key, rate, units);
    owed = (await take(charge)) && isBack ? charge : null;
  }
  return Math.max(excess, greatestExcess(takings, { burst: capacity, perTime: 1 }));
}

describe("no interval grants more, minus refunds, than the burst and the inflow", () => {
  const RUNS = { seed: 4, numRuns: 100 };
  const inAnyOrder = (over: ChargeOver) =>
    asyncProperty(anyRate, anyRush, async (rate, rush) => {
      expect(await excessOf(over, rate, rush)).toBeLessThanOrEqual(0);
    });
  const oneByOne = (script: string) =>
    asyncProperty(anyRate, anySteps, async (rate, steps) => {
      expect(await excessBySetClock(script, rate, steps)).toBeLessThanOrEqual(0);
    });

  test("with many requests at once over two connections", async () => {
    await assert(inAnyOrder(atomically), RUNS);
  });

  test("but a bucket that is read and then written does", async () => {
    await expect(assert(inAnyOrder(inTwoSteps), RUNS)).rejects.toThrow(/failed after/);
  });

  test("with any requests at any times, also hours apart", async () => {
    await assert(oneByOne(BY_SET_CLOCK), RUNS);
  });

  test.each(["idle", "refund", "refusal"] as const)(
    "but it does without the guard of the %s",
    async (guard) => {
      await expect(assert(oneByOne(scriptWithout(guard)), RUNS)).rejects.toThrow(/failed after/);
    },
  );

  test("a clock that is set back empties a bucket for no longer than its burst takes to flow in", async () => {
    const [redis] = connections;
    const { amount, capacity } = chargeOf("", { burst: 10, perMinute: 60 }, 10);
    const isOpenAgain = async (script: string) => {
      const key = keyOf();
      const take = (now: number) => redis?.eval(script, 1, key, amount, capacity, now);
      await take(1_000_000_000_000_000);
      await take(1_000_000_000);
      const [isGranted] = (await take(1_000_000_000 + capacity)) as number[];
      return isGranted === 1;
    };
    expect(await isOpenAgain(BY_SET_CLOCK)).toBe(true);
    expect(await isOpenAgain(scriptWithout("clock"))).toBe(false);
  });
});
