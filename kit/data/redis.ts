// Connects to Redis: reconnects for ever, and says when the connection broke.
import { Redis, type RedisOptions } from "ioredis";
import { z } from "zod";
import { backoffMs } from "#kit/backoff";
import type { Log } from "#kit/service/logger";

/** The settings of every service that speaks to Redis. */
export const redisShape = {
  REDIS_URL: z.url(),
  REDIS_PREFIX: z.string().default("meetinity"),
};

const RECONNECT_BACKOFF = { firstMs: 50, maxMs: 2_000, growth: "linear" } as const;

/** A connection of its own; whoever opens it disconnects it. */
export function connectRedis(url: string, log: Log, extra: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => backoffMs(attempt, RECONNECT_BACKOFF),
    ...extra,
  });
  redis.on("error", (error: Error) => log.warn({ err: error }, "the Redis connection broke"));
  return redis;
}

/**
 * Like {@link connectRedis}, but a command fails when the connection breaks or does not answer for
 * `timeoutMs`, and is never sent again by itself.
 */
export function connectStrictly(url: string, log: Log, timeoutMs: number): Redis {
  return connectRedis(url, log, {
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: timeoutMs,
  });
}

/** A connection on which nothing came back in time may be half open: it is made anew. */
export function renewIfDead(redis: Redis, error: unknown): void {
  const isDead = error instanceof Error && error.message === "Command timed out";
  if (isDead && redis.status === "ready") redis.disconnect(true);
}
