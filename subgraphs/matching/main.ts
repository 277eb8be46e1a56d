// Starts the matching subgraph: settings, database, consumers, server. It refers to the entities
// of others and has no fields yet.
import { z } from "zod";
import { readConfig } from "#kit/config";
import { startConsumers } from "#kit/consumers";
import { createAdapter, createPool } from "#kit/database";
import { serveLag } from "#kit/lag";
import { runService } from "#kit/lifecycle";
import { createLog } from "#kit/log";
import { startSubgraph, subgraphShape } from "#kit/subgraph";
import type { Context } from "./context.ts";
import { PrismaClient } from "./generated/prisma/client.ts";
import { HANDLERS } from "./integration.ts";

const name = "matching";

await runService(async () => {
  const config = readConfig({ ...subgraphShape, DATABASE_URL_MATCHING: z.url() });
  const log = createLog({ name, level: config.LOG_LEVEL });
  const pool = createPool(config.DATABASE_URL_MATCHING, log);
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  const consumers = startConsumers(HANDLERS, {
    database,
    databaseUrl: config.DATABASE_URL_MATCHING,
    redisUrl: config.REDIS_URL,
    redisPrefix: config.REDIS_PREFIX,
    log,
  });
  return startSubgraph<Context>({
    name,
    config,
    log,
    features: [],
    createContext: (request) => ({ ...request, database }),
    routes: (door) => serveLag(door, consumers.all),
    checks: { database: () => pool.query("select 1") },
    afterStop: async () => {
      await consumers.stop();
      await database.$disconnect();
      await pool.end();
    },
  });
});
