// Wake-ups between replicas over Redis pub/sub, which may lose messages: receivers compare
// positions with PostgreSQL, so nothing is retried or queued.
import { RedisPubSub } from "graphql-redis-subscriptions";
import { connectRedis } from "#kit/data/redis";
import { countWakeUpFailure } from "#kit/live/live-metrics";
import type { Log } from "#kit/service/logger";

export interface PubSub {
  /**
   * Publishes to all listeners of the channel. A failure is only logged: the heads are polled too.
   */
  publish(channel: string, message: unknown): void;
  /** Resolves once Redis has acknowledged, with how to unsubscribe. */
  subscribe(channel: string, onMessage: (message: unknown) => void): Promise<() => void>;
  close(): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 2_000;

/** Connects to Redis. Channels begin with `prefix`, so that two stacks can share one server. */
export function createPubSub(options: {
  readonly url: string;
  readonly prefix: string;
  readonly log: Log;
}): PubSub {
  const { log } = options;
  const publisher = connectRedis("wakeUps", options.url, log, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: false,
  });
  const subscriber = connectRedis("subscriptions", options.url, log);
  const pubsub = new RedisPubSub({
    publisher,
    subscriber,
    triggerTransform: (channel) => `${options.prefix}:${String(channel)}`,
  });
  return {
    publish(channel, message) {
      pubsub.publish(`${options.prefix}:${channel}`, message).catch((error: unknown) => {
        countWakeUpFailure();
        log.warn({ err: error, channel }, "a wake-up was not published");
      });
    },
    async subscribe(channel, onMessage) {
      const id = await pubsub.subscribe(channel, onMessage);
      return () => pubsub.unsubscribe(id);
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}
