// Starts the matching subgraph: settings, database, streams, consumers, relay, server.
import { z } from "zod";
import { readConfig } from "#kit/config";
import { startConsumers } from "#kit/consumers";
import { createAdapter, createPool } from "#kit/database";
import { serveLag } from "#kit/lag";
import { runService } from "#kit/lifecycle";
import { createLive } from "#kit/live";
import { createLog } from "#kit/log";
import { logReader } from "#kit/logs";
import { createPubSub } from "#kit/pubsub";
import { startRefolding } from "#kit/refolding";
import { startRelay } from "#kit/relay";
import { startSubgraph, subgraphShape } from "#kit/subgraph";
import { contextMaker } from "./context.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { HANDLERS, snapshotOf } from "./integration.ts";
import { resolvers as matches } from "./matches/resolvers.ts";
import { refoldTopics } from "./people/jobs.ts";
import { resolvers as suggestions } from "./suggestions/resolvers.ts";

const name = "matching";

await runService(async () => {
  const config = readConfig({ ...subgraphShape, DATABASE_URL_MATCHING: z.url() });
  const log = createLog({ name, level: config.LOG_LEVEL });
  const pool = createPool(config.DATABASE_URL_MATCHING, log);
  const database = new PrismaClient({ adapter: createAdapter(pool) });
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
    features: [suggestions, matches],
    createContext: contextMaker(database, live, folded),
    routes: (door) => serveLag(door, consumers.all),
    // Without Redis the streams still move, by their checkpoints.
    checks: { database: () => pool.query("select 1"), folded: folded.check },
    beforeStop: live.close,
    afterStop: async () => {
      await Promise.all([consumers.stop(), relay.stop(), folded.stop()]);
      await Promise.all([pubsub.close(), database.$disconnect()]);
      await pool.end();
    },
  });
});
