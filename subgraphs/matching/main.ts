// Starts the matching subgraph: settings, database, streams, consumers, relay, server.
import { z } from "zod";
import { startRefolding } from "#kit/data/refolding";
import { startConsumers } from "#kit/facts/consumers";
import { measureOutbox } from "#kit/facts/outbox-metrics";
import { startRelay } from "#kit/facts/relay";
import { createLive } from "#kit/live/live";
import { createPubSub } from "#kit/live/pubsub";
import { logReader } from "#kit/live/streams";
import { readConfig } from "#kit/service/config";
import { runService } from "#kit/service/lifecycle";
import { createLog } from "#kit/service/logger";
import { startSubgraph, subgraphShape } from "#kit/service/subgraph";
import { resolvers as attending } from "./attending/resolvers.ts";
import { contextMaker } from "./context.ts";
import { openDatabase } from "./database.ts";
import { resolvers as failedJobs } from "./failed-jobs/resolvers.ts";
import { HANDLERS, snapshotOf } from "./integration.ts";
import { resolvers as matches } from "./matches/resolvers.ts";
import { refoldTopics } from "./people/jobs.ts";
import { resolvers as suggestions } from "./suggestions/resolvers.ts";
import { resolvers as topics } from "./topics/resolvers.ts";

const name = "matching";

await runService(async () => {
  const config = readConfig({ ...subgraphShape, DATABASE_URL_MATCHING: z.url() });
  const log = createLog({ name, level: config.LOG_LEVEL });
  const { database, pool, close } = openDatabase(config.DATABASE_URL_MATCHING, log);
  const pubsub = createPubSub({
    url: config.REDIS_URL,
    prefix: `${config.REDIS_PREFIX}:${name}`,
    log,
  });
  const live = createLive({ logs: logReader(database), pubsub, log });
  const own = {
    databaseUrl: config.DATABASE_URL_MATCHING,
    redisUrl: config.REDIS_URL,
    redisPrefix: config.REDIS_PREFIX,
    log,
  };
  const consumers = startConsumers(HANDLERS, { ...own, database });
  measureOutbox(name, database);
  const relay = startRelay({ ...own, source: name, snapshot: snapshotOf(database) });
  const folded = startRefolding({
    name: "topics",
    log,
    refold: (limit) => refoldTopics(database, limit),
  });
  return startSubgraph({
    name,
    config,
    log,
    features: [failedJobs, suggestions, matches, attending, topics],
    createContext: contextMaker(database, live, folded),
    // Redis is not checked: without it, streams still get entries by the poll of heads.
    checks: { database: () => pool.query("select 1"), folded: folded.check },
    beforeStop: live.close,
    afterStop: async () => {
      await Promise.all([consumers.stop(), relay.stop(), folded.stop()]);
      await pubsub.close();
      await close();
    },
  });
});
