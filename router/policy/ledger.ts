// Stores token buckets: in Redis for all routers together, or in this process. It does not know
// what a bucket is for.
import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { connectRedis } from "#kit/data/redis";
import type { Log } from "#kit/service/logger";
import { CHARGE_SCRIPT, type Charge, charged, type Level } from "./bucket.ts";

export interface RedisLedger {
  /**
   * The levels after charges of different buckets, each granted or refused by itself. Null if Redis
   * does not answer in time; for a second after that, null at once.
   */
  charge(charges: readonly Charge[]): Promise<readonly Level[] | null>;
  /** Refunds charges within 50 ms. Failures are ignored. */
  refund(charges: readonly Charge[]): void;
  stop(): void;
}

/** After a failure, Redis gets no charges for this long. */
const PAUSE_MS = 1_000;
/** For the commands that open a connection. Charges have `patienceMs`. */
const COMMAND_TIMEOUT_MS = 2_000;
const CONNECTED_WITHIN_MS = 1_000;
/** Refunds are sent with the next charges, or alone after this time. */
const REFUND_WITHIN_MS = 50;

/**
 * Buckets in Redis, under keys that begin with `prefix`. A charge waits at most `patienceMs`. All
 * charges of one turn of the event loop are one pipeline. Each script has one key, so the buckets
 * may lie on different nodes of a cluster. Resolves when connected, or after a second.
 */
export async function openRedisLedger(options: {
  readonly url: string;
  readonly prefix: string;
  readonly patienceMs: number;
  readonly log: Log;
}): Promise<RedisLedger> {
  const { patienceMs } = options;
  const redis = connectRedis("rates", options.url, options.log, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  redis.defineCommand("chargeBucket", { numberOfKeys: 1, lua: CHARGE_SCRIPT });
  let pausedUntil = 0;
  const isPaused = () => performance.now() < pausedUntil;

  /** Logs only the first of several failures. */
  function pause(reason: unknown): void {
    if (isPaused()) return;
    pausedUntil = performance.now() + PAUSE_MS;
    options.log.warn({ err: reason }, "Redis does not count rates");
  }

  async function send(charges: readonly Charge[]): Promise<readonly Level[] | null> {
    if (redis.status !== "ready" || isPaused()) return null;
    const commands = charges.map(({ key, amount, capacity }) => [
      "chargeBucket",
      `${options.prefix}:rate:${key}`,
      amount,
      capacity,
    ]);
    const answers = await within(patienceMs, redis.pipeline(commands).exec());
    if (!answers) {
      // The connection may be half open; only a new one helps.
      if (!isPaused()) redis.disconnect(true);
      pause(new Error(`no answer within ${patienceMs} ms`));
      return null;
    }
    const failure = answers.find(([error]) => error !== null)?.[0];
    if (failure) pause(failure);
    return failure ? null : answers.map(([, answer]) => levelOf(answer));
  }

  const signal = AbortSignal.timeout(CONNECTED_WITHIN_MS);
  await once(redis, "ready", { signal }).catch(() => undefined);
  return { ...batch(send), stop: () => redis.disconnect() };
}

type Send = (charges: readonly Charge[]) => Promise<readonly Level[] | null>;

/** Sends the refunds and all charges of one turn of the event loop together. */
function batch(send: Send): Pick<RedisLedger, "charge" | "refund"> {
  const refunds = new Map<string, Charge>();
  let turn: { readonly charges: Charge[]; readonly levels: ReturnType<Send> } | null = null;
  let timer: NodeJS.Timeout | null = null;

  function takeRefunds(): Charge[] {
    const charges = [...refunds.values()];
    refunds.clear();
    if (timer) clearTimeout(timer);
    timer = null;
    return charges;
  }

  function open(): NonNullable<typeof turn> {
    const charges: Charge[] = [];
    const levels = setImmediate().then(async () => {
      turn = null;
      const before = takeRefunds();
      return (await send([...before, ...charges]))?.slice(before.length) ?? null;
    });
    return { charges, levels };
  }

  return {
    async charge(charges) {
      turn ??= open();
      const at = turn.charges.push(...charges) - charges.length;
      return (await turn.levels)?.slice(at, at + charges.length) ?? null;
    },
    refund(charges) {
      for (const each of charges) {
        const amount = (refunds.get(each.key)?.amount ?? 0) - each.amount;
        refunds.set(each.key, { ...each, amount });
      }
      timer ??= setTimeout(
        () => send(takeRefunds()).catch(() => undefined),
        REFUND_WITHIN_MS,
      ).unref();
    },
  };
}

function levelOf(answer: unknown): Level {
  const [isGranted, fullAt, now] = answer as readonly [0 | 1, number, number];
  return { isGranted: isGranted === 1, fullAt, now };
}

/** The value if it arrives within `ms`, else null. */
function within<Value>(ms: number, coming: Promise<Value>): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    // If the event loop was blocked, the timer fires before an answer that has arrived is read.
    const timer = setTimeout(() => setImmediate().then(() => resolve(null)), ms);
    coming.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Beyond it, the least recently charged buckets are dropped, as if they were full. */
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
