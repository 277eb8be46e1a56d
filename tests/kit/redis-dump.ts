// Everything that Redis has, as text: all keys with their values, of every type.
import { Redis } from "ioredis";
import { stack } from "./stack.ts";

/** The keys and values of the stack's Redis, one text for each key. */
export async function dumpOfRedis(): Promise<string[]> {
  const redis = new Redis(stack().urls.redis);
  try {
    const keys: string[] = [];
    for await (const found of redis.scanStream({ count: 1_000 })) keys.push(...(found as string[]));
    return await Promise.all(keys.map(async (key) => `${key} ${await contentOf(redis, key)}`));
  } finally {
    redis.disconnect();
  }
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case "string":
      return (await redis.get(key)) ?? "";
    case "hash":
      return JSON.stringify(await redis.hgetall(key));
    case "list":
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case "set":
      return JSON.stringify(await redis.smembers(key));
    case "zset":
      return JSON.stringify(await redis.zrange(key, 0, -1));
    case "stream":
      return JSON.stringify(await redis.xrange(key, "-", "+"));
    default:
      return "";
  }
}
