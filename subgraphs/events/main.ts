// Starts the events subgraph: settings, database, streams, relay, consumers, server.
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
import { policies } from "./access.ts";
import { contextMaker } from "./context.ts";
import { refoldEvents } from "./events/jobs.ts";
import { resolvers as events } from "./events/resolvers.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { HANDLERS, snapshotOf } from "./integration.ts";
import { resolvers as registrations } from "./registrations/resolvers.ts";

const name = "events";

await runService(async () => {
  const config = readConfig({ ...subgraphShape, DATABASE_URL_EVENTS: z.url() });
  const log = createLog({ name, level: config.LOG_LEVEL });
  const pool = createPool(config.DATABASE_URL_EVENTS, log);
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  const pubsub = createPubSub({
    url: config.REDIS_URL,
    prefix: `${config.REDIS_PREFIX}:${name}`,
    log,
  });
  const live = createLive({ logs: logReader(database), pubsub, log });
  const between = {
    databaseUrl: config.DATABASE_URL_EVENTS,
    redisUrl: config.REDIS_URL,
    redisPrefix: config.REDIS_PREFIX,
    log,
  };
  const relay = startRelay({ ...between, source: name, snapshot: snapshotOf(database) });
  const consumers = startConsumers(HANDLERS, { ...between, database });
  const folded = startRefolding({
    name: "events",
    log,
    refold: (limit) => refoldEvents(database, limit),
  });
  return startSubgraph({
    name,
    config,
    log,
    features: [events, registrations],
    policies,
    createContext: contextMaker(database, live, folded),
    routes: (door) => serveLag(door, consumers.all),
    // Without Redis the streams still move, by their checkpoints.
    checks: { database: () => pool.query("select 1"), folded: folded.check },
    beforeStop: live.close,
    afterStop: async () => {
      await Promise.all([relay.stop(), consumers.stop(), folded.stop(), pubsub.close()]);
      await database.$disconnect();
      await pool.end();
    },
  });
});
