// Guarantees about the metrics of a pool, with a real database.
import { afterAll, expect, onTestFinished, test } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { printMetrics } from "../../../kit/telemetry/metrics.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { recordSpans } from "../../kit/recorded-spans.ts";
import { stack } from "../../kit/stack.ts";

const log = createLog({ name: "pool-metrics-test", level: "error" });
const pool = createPool(stack().urls.databases.events ?? "", log);
const database = new PrismaClient({ adapter: createAdapter(pool), errorFormat: "minimal" });

afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

/** The counts of statements by name, from the metrics of this process. */
async function counts(metric: string): Promise<Record<string, number>> {
  const lines = (await printMetrics()).matchAll(
    new RegExp(`^${metric}\\{database="events",statement="([^"]+)"\\} (\\d+)$`, "gm"),
  );
  return Object.fromEntries([...lines].map(([, name, count]) => [name, Number(count)]));
}

test("statements are counted by their names, alone and in a transaction", async () => {
  await database.$queryRaw`/* test.alone */ select ${1}::int`;
  await database.event.findFirst({ select: { id: true } });
  await inTransaction(database, async (tx) => {
    await tx.$queryRaw`/* test.together */ select ${2}::int`;
    await tx.$queryRaw`/* test.together */ select ${3}::int`;
  });
  expect(await counts("database_statement_seconds_count")).toMatchObject({
    "test.alone": 1,
    "test.together": 2,
    "prisma.event.select": 1,
    "transaction.begin": 1,
    "transaction.commit": 1,
  });
});

test("a statement that fails is counted as such, and its values are nowhere", async () => {
  const fails = database.$queryRaw`/* test.wrong */ select ${"the-secret"}::text::int`;
  await expect(fails).rejects.toThrow();
  expect(await counts("database_statement_failures_total")).toMatchObject({ "test.wrong": 1 });
  expect(await printMetrics()).not.toContain("the-secret");
});

test("a statement that waits for a connection belongs to the trace of its own request", async () => {
  const recorder = recordSpans();
  onTestFinished(recorder.stop);
  const names = Array.from({ length: 40 }, (_, at) => `test.waits${at}`);
  const traceIds = await Promise.all(
    names.map((name) => recorder.trace(() => pool.query(`/* ${name} */ select pg_sleep(0.005)`))),
  );
  const found = names.map((name) => recorder.spans.find((span) => span.name === name)?.traceId);
  expect(found).toEqual(traceIds);
  const waits = recorder.spans.filter(({ name }) => name === "wait for a connection");
  expect(waits.length).toBeGreaterThan(0);
  expect(waits.every(({ isEnded }) => isEnded)).toBe(true);
});

test("connections are counted until the pool ends", async () => {
  const own = createPool(stack().urls.databases.users ?? "", log);
  const client = await own.connect();
  expect(await printMetrics()).toContain('database_connections{database="users",state="used"} 1');
  client.release();
  expect(await printMetrics()).toContain('database_connections{database="users",state="idle"} 1');
  await own.end();
  expect(await printMetrics()).not.toContain('database_connections{database="users"');
});
