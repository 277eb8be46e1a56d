// When jobs run: never before their time, urgent ones first, and those of one serial key one after
// the other in their order. With a guard turned off, the same tests see it broken.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { handleJob } from "../../../kit/jobs/handlers.ts";
import { jobKind, jobOf, type Priority } from "../../../kit/jobs/kinds.ts";
import { claim } from "../../../kit/jobs/store.ts";
import type { PrismaClient } from "../../../subgraphs/users/generated/prisma/client.ts";
import { editing } from "../../kit/edited-sql.ts";
import { openQueue, type Queue, startWorker } from "./harness.ts";

let queue: Queue;
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(() => queue.close());
beforeEach(() => queue.clear());

const kind = jobKind("test.order", z.object({ at: z.number() }), { firstBackoffMs: 1 });

interface Given {
  readonly serialKey?: string;
  readonly delayMs: number;
  /** How many attempts fail first. */
  readonly failures: number;
}

interface Run {
  readonly at: number;
  readonly startedAt: number;
  readonly endedAt: number;
}

async function clock(): Promise<number> {
  const [row] = await queue.database.$queryRaw<{ ms: number }[]>`/* test.clock */
    select extract(epoch from clock_timestamp())::float8 * 1000 as ms`;
  return row?.ms ?? Number.NaN;
}

/** Runs the jobs by three workers. Times are the database's. */
async function runAll(given: readonly Given[], database = queue.database) {
  await queue.clear();
  const base = await clock();
  const due = given.map(({ delayMs }) => Math.ceil(base + delayMs));
  const runs: Run[] = [];
  const failed = new Map<number, number>();
  await queue.add(
    ...given.map(({ serialKey }, at) =>
      jobOf(
        kind,
        { at },
        { key: `${at}`, runAt: new Date(due[at] ?? 0), ...(serialKey && { serialKey }) },
      ),
    ),
  );
  const handler = handleJob(kind, async ({ payload: { at } }) => {
    const startedAt = await clock();
    await clock();
    runs.push({ at, startedAt, endedAt: await clock() });
    const failures = failed.get(at) ?? 0;
    failed.set(at, failures + 1);
    if (failures < (given[at]?.failures ?? 0)) throw new Error("not yet");
  });
  const workers = [1, 2, 3].map(() =>
    startWorker(queue, () => [handler], { database, leaseMs: 10_000 }),
  );
  await queue.untilFinished();
  await Promise.all(workers.map(({ runner }) => runner.stop()));
  return { runs, due };
}

/** Runs that overlap with another of their serial key. */
function overlaps(given: readonly Given[], runs: readonly Run[]): number {
  const together = runs.flatMap((one) =>
    runs.filter(
      (other) =>
        one !== other &&
        given[one.at]?.serialKey !== undefined &&
        given[one.at]?.serialKey === given[other.at]?.serialKey &&
        one.startedAt < other.endedAt &&
        other.startedAt < one.endedAt,
    ),
  );
  return together.length;
}

const arbitrary = fc.array(
  fc.record({
    serialKey: fc.constantFrom("a", "b", "c"),
    delayMs: fc.integer({ min: -100, max: 150 }),
    failures: fc.integer({ min: 0, max: 2 }),
  }),
  { minLength: 2, maxLength: 20 },
);

const same = Array.from({ length: 12 }, () => ({ serialKey: "a", delayMs: -1, failures: 0 }));
const PEERS_OFF = ["other.serial_key = job.serial_key", "false"] as const;

describe("jobs of one serial key", () => {
  it("run one after the other, and none before its time", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (given) => {
        const { runs, due } = await runAll(given);
        expect(overlaps(given, runs)).toBe(0);
        for (const { at, startedAt } of runs)
          expect(startedAt).toBeGreaterThanOrEqual(due[at] ?? 0);
      }),
      { numRuns: 12 },
    );
  });

  it("keep their order, even if one fails in between", async () => {
    const given = same.map((each, at) => ({ ...each, failures: at % 3 }));
    const { runs } = await runAll(given);
    expect(runs.map(({ at }) => at)).toEqual(
      given.flatMap(({ failures }, at) => Array(failures + 1).fill(at)),
    );
  });

  it("let others pass while their time has not come", async () => {
    const given = [{ serialKey: "a", delayMs: 400, failures: 0 }, ...same.slice(0, 3)];
    const { runs } = await runAll(given);
    expect(runs.map(({ at }) => at)).toEqual([1, 2, 3, 0]);
  });

  it("overlap without the two guards", async () => {
    await queue.database.$executeRaw`drop index job_serial_held_key`;
    try {
      const { runs } = await runAll(same, editing(queue.database, ...PEERS_OFF));
      expect(overlaps(same, runs)).toBeGreaterThan(0);
    } finally {
      await queue.clear();
      await queue.database.$executeRaw`create unique index job_serial_held_key on job (serial_key)
        where lease is not null`;
    }
  });

  it("are held one at a time by the index alone", async () => {
    await queue.add(...same.map((_, at) => jobOf(kind, { at }, { key: `${at}`, serialKey: "a" })));
    const unguarded = editing(queue.database, ...PEERS_OFF);
    const take = () => claim(unguarded, { kinds: [kind.name], limit: 1, leaseMs: 60_000 });
    const takes = await Promise.allSettled([take(), take(), take()]);
    const taken = takes.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
    expect(taken).toHaveLength(1);
  });
});

describe("the time of a job", () => {
  it("is kept by the statement that takes jobs", async () => {
    const given = [{ delayMs: 60_000, failures: 0 }];
    const { runs, due } = await runAll(
      given,
      editing(queue.database, "and job.due_at <= now()", ""),
    );
    expect(runs[0]?.startedAt).toBeLessThan(due[0] ?? 0);
  });
});

describe("priorities", () => {
  const add = (...priorities: Priority[]) =>
    queue.add(...priorities.map((priority, at) => jobOf(kind, { at }, { key: `${at}`, priority })));
  const take = async (limit: number, database: PrismaClient = queue.database) =>
    (await claim(database, { kinds: [kind.name], limit, leaseMs: 60_000 })).map(({ key }) => key);

  it("decide first, then the time", async () => {
    await add("bulk", "normal", "urgent", "normal", "urgent");
    expect((await take(3)).sort()).toEqual(["1", "2", "4"]);
    expect((await take(3)).sort()).toEqual(["0", "3"]);
  });

  it("leave jobs of unknown kinds to other workers", async () => {
    await add("normal");
    expect(await claim(queue.database, { kinds: ["test.other"], limit: 1, leaseMs: 1 })).toEqual(
      [],
    );
  });
});
