// The streams of a subgraph that runs in the test's process, over the Redis of the stack.
import { randomBytes } from "node:crypto";
import type { Sql } from "../../kit/data/database.ts";
import { createLive } from "../../kit/live/live.ts";
import { createPubSub } from "../../kit/live/pubsub.ts";
import { logReader } from "../../kit/live/streams.ts";
import type { Log } from "../../kit/service/logger.ts";
import { stack } from "./stack.ts";

export function openLive(database: Sql, log: Log) {
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const pubsub = createPubSub({ url: stack().urls.redis, prefix, log });
  const live = createLive({ logs: logReader(database), pubsub, log, pollMs: 100 });
  return {
    live,
    async closeLive() {
      live.close();
      await pubsub.close();
    },
  };
}
