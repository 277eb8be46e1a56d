// Connects to Redis. Connections reconnect forever, and log each break.
import { Redis, type RedisOptions } from "ioredis";
import { z } from "zod";
import { backoffMs } from "#kit/backoff";
import { measureRedis } from "#kit/data/redis-metrics";
import { traceCommands } from "#kit/data/redis-spans";
import type { Log } from "#kit/service/logger";

/** The settings of every service that uses Redis. */
export const redisShape = {
  REDIS_URL: z.url(),
  REDIS_PREFIX: z.string().default("meetinity"),
};

const RECONNECT_BACKOFF = { firstMs: 50, maxMs: 2_000, growth: "linear" } as const;

/** The use of a connection: a label of its metrics. */
export type RedisUse =
  | "wakeUps"
  | "subscriptions"
  | "rates"
  | "relay"
  | "relayRequests"
  | "integrationEvents"
  | "opsStats";

/** A new connection; the caller disconnects it. */
export function connectRedis(
  use: RedisUse,
  url: string,
  log: Log,
  extra: RedisOptions = {},
): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => backoffMs(attempt, RECONNECT_BACKOFF),
    ...extra,
  });
  traceCommands(redis);
  redis.on("error", (error: Error) => log.warn({ err: error }, "the Redis connection broke"));
  measureRedis(redis, use);
  return redis;
}

/**
 * Like {@link connectRedis}, but a command fails when the connection breaks or when it gets no
 * answer for `timeoutMs`. It is never sent again automatically.
 */
export function connectStrictly(use: RedisUse, url: string, log: Log, timeoutMs: number): Redis {
  return connectRedis(use, url, log, {
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: timeoutMs,
  });
}

/** Reconnects after a timeout, because the connection may be half open. */
export function renewIfDead(redis: Redis, error: unknown): void {
  const isDead = error instanceof Error && error.message === "Command timed out";
  if (isDead && redis.status === "ready") redis.disconnect(true);
}
