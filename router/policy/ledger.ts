// Keeps buckets: in Redis for all routers together, or in this process for what only it counts and
// for while Redis is away. What a bucket is for is not known here.
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { connectRedis } from "#kit/data/redis";
import type { Log } from "#kit/service/logger";
import { CHARGE_SCRIPT, type Charge, charged, type Level } from "./bucket.ts";

export interface RedisLedger {
  /**
   * The levels after charges of different buckets, each granted or not by itself; null when Redis
   * does not answer in time, and at once while it is known to be away.
   */
  charge(charges: readonly Charge[]): Promise<readonly Level[] | null>;
  /** Fills buckets with what charges of them took; within 50 ms, and nobody hears how it went. */
  giveBack(charges: readonly Charge[]): void;
  stop(): void;
}

/** How long Redis is not asked after it failed to answer. */
const REST_MS = 1_000;
/** Of the commands with which a connection begins; for charges there is less patience. */
const COMMAND_TIMEOUT_MS = 2_000;
const CONNECTED_WITHIN_MS = 1_000;
/** What is given back rides on the next charges, and waits no longer for them. */
const GIVEN_BACK_MS = 50;

/**
 * Buckets in Redis, under keys that begin with `prefix`; a charge waits `patienceMs` at most. The
 * charges of one turn of this process are one pipeline of scripts with one key each, so that a
 * cluster may hold the buckets where it likes. Resolves when it is connected, or after a second
 * without.
 */
export async function openRedisLedger(options: {
  readonly url: string;
  readonly prefix: string;
  readonly patienceMs: number;
  readonly log: Log;
}): Promise<RedisLedger> {
  const { patienceMs } = options;
  const redis = connectRedis(options.url, options.log, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  redis.defineCommand("chargeBucket", { numberOfKeys: 1, lua: CHARGE_SCRIPT });
  let restsUntil = 0;
  const isResting = () => performance.now() < restsUntil;

  /** Of those who asked together, the first to fail says so for all. */
  function rest(reason: unknown): void {
    if (isResting()) return;
    restsUntil = performance.now() + REST_MS;
    options.log.warn({ err: reason }, "Redis does not count rates");
  }

  async function ask(charges: readonly Charge[]): Promise<readonly Level[] | null> {
    if (redis.status !== "ready" || isResting()) return null;
    const commands = charges.map(({ key, amount, capacity }) => [
      "chargeBucket",
      `${options.prefix}:rate:${key}`,
      amount,
      capacity,
    ]);
    const answers = await within(patienceMs, redis.pipeline(commands).exec());
    if (!answers) {
      // The connection may be half open, which does not pass by itself.
      if (!isResting()) redis.disconnect(true);
      rest(new Error(`no answer within ${patienceMs} ms`));
      return null;
    }
    const failure = answers.find(([error]) => error !== null)?.[0];
    if (failure) rest(failure);
    return failure ? null : answers.map(([, answer]) => levelOf(answer));
  }

  const signal = AbortSignal.timeout(CONNECTED_WITHIN_MS);
  await once(redis, "ready", { signal }).catch(() => undefined);
  return { ...collect(ask), stop: () => redis.disconnect() };
}

type Ask = (charges: readonly Charge[]) => Promise<readonly Level[] | null>;

/** Asks once a turn for all who ask in it, behind what is to be given back. */
function collect(ask: Ask): Pick<RedisLedger, "charge" | "giveBack"> {
  const owed = new Map<string, Charge>();
  let turn: { readonly charges: Charge[]; readonly levels: ReturnType<Ask> } | null = null;
  let timer: NodeJS.Timeout | null = null;

  function takeOwed(): Charge[] {
    const charges = [...owed.values()];
    owed.clear();
    if (timer) clearTimeout(timer);
    timer = null;
    return charges;
  }

  function open(): NonNullable<typeof turn> {
    const charges: Charge[] = [];
    const levels = setImmediate().then(async () => {
      turn = null;
      const before = takeOwed();
      return (await ask([...before, ...charges]))?.slice(before.length) ?? null;
    });
    return { charges, levels };
  }

  return {
    async charge(charges) {
      turn ??= open();
      const at = turn.charges.push(...charges) - charges.length;
      return (await turn.levels)?.slice(at, at + charges.length) ?? null;
    },
    giveBack(charges) {
      for (const each of charges) {
        const amount = (owed.get(each.key)?.amount ?? 0) - each.amount;
        owed.set(each.key, { ...each, amount });
      }
      timer ??= setTimeout(() => ask(takeOwed()).catch(() => undefined), GIVEN_BACK_MS).unref();
    },
  };
}

function levelOf(answer: unknown): Level {
  const [isGranted, fullAt, now] = answer as readonly [0 | 1, number, number];
  return { isGranted: isGranted === 1, fullAt, now };
}

/** What comes within so many ms, else null. */
function within<Value>(ms: number, coming: Promise<Value>): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    // When this process was held up, the timer fires before it has read what came long ago.
    const timer = setTimeout(() => setImmediate().then(() => resolve(null)), ms);
    coming.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The least recently charged buckets beyond it are forgotten, which fills them. */
const BUCKETS_MAX = 10_000;

/** Buckets in this process. */
export function createProcessLedger(): (charge: Charge) => Level {
  const buckets = new LRUCache<string, number>({ max: BUCKETS_MAX });
  return (charge) => {
    const level = charged(buckets.get(charge.key), charge, performance.now() * 1_000);
    buckets.set(charge.key, level.fullAt);
    return level;
  };
}
