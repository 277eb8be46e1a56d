// A process that runs jobs of a queue. It tells its parent which job it has begun; a stuck one
// never ends any. Tests kill it.
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { handleJob } from "../../../kit/jobs/handlers.ts";
import { measureJobs } from "../../../kit/jobs/metrics.ts";
import { startRunner } from "../../../kit/jobs/runner.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/users/generated/prisma/client.ts";
import { childKind, storeEffect } from "./effects.ts";

const [databaseUrl = "", isStuck] = process.argv.slice(2);
const log = createLog({ name: "worker-child", level: "error" });
const database = new PrismaClient({ adapter: createAdapter(createPool(databaseUrl, log)) });

const handler = handleJob(childKind, async ({ key, done }) => {
  process.send?.(key);
  if (isStuck) await new Promise(() => {});
  await inTransaction(database, async (tx) => {
    await storeEffect(tx, key);
    await done(tx);
  });
});
startRunner({
  database,
  databaseUrl,
  log,
  metrics: measureJobs("users", database),
  jobs: [handler],
  recurring: [],
  leaseMs: 600,
  pollMs: 100,
});
process.once("disconnect", () => process.exit(0));
