// What is left of finished jobs, and what metrics count.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { jobKind, jobOf } from "../../../kit/jobs/kinds.ts";
import { measureJobs } from "../../../kit/jobs/metrics.ts";
import { deleteFinished } from "../../../kit/jobs/store.ts";
import { printMetrics } from "../../../kit/telemetry/metrics.ts";
import { openQueue, type Queue } from "./harness.ts";

let queue: Queue;
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(() => queue.close());
beforeEach(() => queue.clear());

const kind = jobKind("test.attempt", z.object({ text: z.string() }));
const job = (key: string) => jobOf(kind, { text: "" }, { key });

describe("old finished jobs", () => {
  it("are deleted, and waiting ones never", async () => {
    await queue.add(job("done"), job("waiting"), job("up"), job("new"));
    const set = (key: string, state: "DONE" | "GIVEN_UP", finishedAt: Date) =>
      queue.database.job.updateMany({ where: { key }, data: { state, finishedAt, lease: null } });
    await set("done", "DONE", new Date(Date.now() - 10_000));
    await set("up", "GIVEN_UP", new Date(Date.now() - 30_000));
    await set("new", "DONE", new Date());
    expect(await deleteFinished(queue.database, { done: 5_000, givenUp: 20_000 }, 10)).toBe(2);
    const left = await queue.database.job.findMany({ orderBy: { key: "asc" } });
    expect(left.map(({ key }) => key)).toEqual(["new", "waiting"]);
  });
});

describe("the metrics", () => {
  it("count what waits, what was given up, and how attempts ended", async () => {
    await queue.add(
      job("a"),
      jobOf(kind, { text: "" }, { key: "b", runAt: new Date("2999-01-01") }),
    );
    await queue.database.job.updateMany({
      where: { key: "a" },
      data: { state: "GIVEN_UP", finishedAt: new Date() },
    });
    const metrics = measureJobs("users", queue.database);
    metrics.ended(kind.name, "done", 0.2);
    const text = await printMetrics();
    metrics.stop();
    expect(await printMetrics()).not.toContain('jobs_waiting{subgraph="users"');
    expect(text).toContain('jobs_waiting{subgraph="users",kind="test.attempt"} 1');
    expect(text).toContain('jobs_due{subgraph="users",kind="test.attempt"} 0');
    expect(text).toContain('jobs_given_up{subgraph="users",kind="test.attempt"} 1');
    expect(text).toContain(
      'jobs_ended_total{subgraph="users",kind="test.attempt",outcome="done"} 1',
    );
  });
});
