// Each job runs once: by many workers at once, when they die in the middle, and when one is so slow
// that another takes its job. With a guard turned off, the same tests see jobs run twice.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { inTransaction, type Sql } from "../../../kit/data/database.ts";
import { handleJob } from "../../../kit/jobs/handlers.ts";
import { jobKind, jobOf } from "../../../kit/jobs/kinds.ts";
import { type Claimed, claim } from "../../../kit/jobs/store.ts";
import type { PrismaClient } from "../../../subgraphs/users/generated/prisma/client.ts";
import { editing } from "../../kit/edited-sql.ts";
import { storeEffect } from "./effects.ts";
import { dead, openQueue, type Queue, SHORT_LEASE, startWorker } from "./harness.ts";

let queue: Queue;
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(() => queue.close());
beforeEach(() => queue.clear());

const kind = jobKind("test.once", z.object({ key: z.string() }), { firstBackoffMs: 1 });
const job = (at: number) => jobOf(kind, { key: `job-${at}` }, { key: `job-${at}` });
const jobs = (count: number) => Array.from({ length: count }, (_, at) => job(at));
const once = (count: number) =>
  Object.fromEntries(jobs(count).map(({ options }) => [options.key, 1]));

interface Case {
  readonly jobs: number;
  /** For each worker, in which of its attempts it dies; 0 for none. */
  readonly deaths: readonly number[];
  /** Whether it dies before or after it has written its effect. */
  readonly isLate: boolean;
}

const cases = fc.record({
  jobs: fc.integer({ min: 1, max: 25 }),
  deaths: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
  isLate: fc.boolean(),
});

/**
 * Runs all jobs by one worker that lives, and others that die. Returns the effects. Without the
 * guard, the one that lives starts behind a death: it could do all jobs before another has any.
 */
async function runAll({ jobs: count, deaths, isLate }: Case, isGuarded = true) {
  await queue.clear();
  await queue.add(...jobs(count));
  const start = (death: number) => {
    let attempts = 0;
    return startWorker(
      queue,
      (database, crash) => [
        handleJob(kind, async ({ payload, done }) => {
          attempts += 1;
          const isLast = attempts === death;
          if (isLast && !isLate) {
            crash();
            return dead();
          }
          await inTransaction(database, async (tx) => {
            await storeEffect(tx, payload.key);
            if (isGuarded) await done(tx);
            if (isLast && isGuarded) {
              crash();
              throw new Error("the connection is gone before the commit");
            }
          });
          if (isLast) {
            crash();
            return dead();
          }
        }),
      ],
      SHORT_LEASE,
    );
  };
  const workers = deaths.map(start);
  const someDied = () => expect(workers.some((each) => each.hasCrashed())).toBe(true);
  if (!isGuarded) await vi.waitFor(someDied, { timeout: 20_000 });
  workers.push(start(0));
  await queue.untilFinished();
  await Promise.all(
    workers.filter((each) => !each.hasCrashed()).map(({ runner }) => runner.stop()),
  );
  return queue.effects();
}

describe("each job takes effect once", () => {
  it("however many workers run and die", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (given) => {
        expect(await runAll(given)).toEqual(once(given.jobs));
      }),
      { numRuns: 12 },
    );
  });

  it("which an effect outside of its transaction does not", async () => {
    const effects = await runAll({ jobs: 10, deaths: [1, 2], isLate: true }, false);
    expect(Math.max(...Object.values(effects))).toBeGreaterThan(1);
  });

  /** The first attempt loses its lease while it works, and goes on when the second has ended. */
  async function overtake(database?: PrismaClient) {
    await queue.add(job(0));
    let attempts = 0;
    let release = () => {};
    const second = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handlers = (db: PrismaClient) => [
      handleJob(kind, async ({ payload, done }) => {
        attempts += 1;
        const isFirst = attempts === 1;
        if (isFirst) await second;
        await inTransaction(db, async (tx) => {
          await storeEffect(tx, payload.key);
          await done(database ? editing(tx, "and lease = ", "and attempts > 0 or lease = ") : tx);
        }).finally(() => !isFirst && release());
      }),
    ];
    // Its renewals prolong nothing.
    const stuck = editing(queue.database, "and job.lease = held.lease", "and false");
    startWorker(queue, handlers, { ...SHORT_LEASE, database: stuck, graceMs: 20_000 });
    await vi.waitFor(() => expect(attempts).toBe(1), { timeout: 20_000 });
    startWorker(queue, handlers);
    await queue.untilFinished();
    await second;
    await queue.stop();
    return queue.effects();
  }

  it("when a slow worker has lost its job to another", async () => {
    expect(await overtake()).toEqual({ "job-0": 1 });
  });

  it("unless `done` ignores the lease", async () => {
    expect(await overtake(queue.database)).toEqual({ "job-0": 2 });
  });
});

describe("of many workers that take jobs at once, one gets each", () => {
  async function claimAll(database: PrismaClient): Promise<number[]> {
    await queue.clear();
    await queue.add(...jobs(40));
    const takes = Array.from({ length: 8 }, async () => {
      const taken: string[] = [];
      for (let found = 1; found > 0; ) {
        const got = await claim(database, { kinds: [kind.name], limit: 3, leaseMs: 60_000 });
        found = got.length;
        taken.push(...got.map(({ key }) => key));
      }
      return taken;
    });
    const all = (await Promise.all(takes)).flat();
    return [all.length, new Set(all).size];
  }

  it("by a row lock", async () => {
    expect(await claimAll(queue.database)).toEqual([40, 40]);
  });

  /** One takes the only job and has not committed when another looks for it. */
  async function bothTake(database: PrismaClient): Promise<number> {
    await queue.clear();
    await queue.add(job(0));
    const take = (db: Sql) => claim(db, { kinds: [kind.name], limit: 1, leaseMs: 60_000 });
    let other: Promise<Claimed[]> | undefined;
    let isOver = false;
    const first = await inTransaction(queue.database, async (tx) => {
      const taken = await take(tx);
      other = take(database).finally(() => {
        isOver = true;
      });
      const overOrWaits = async () => expect(isOver || (await lockWaits()) === 1).toBe(true);
      await vi.waitFor(overOrWaits, { timeout: 10_000 });
      return taken;
    });
    return first.length + ((await other)?.length ?? 0);
  }

  async function lockWaits(): Promise<number> {
    const [row] = await queue.database.$queryRaw<{ count: number }[]>`/* test.waits */
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row?.count ?? 0;
  }

  it("also while the first has not committed", async () => {
    expect(await bothTake(queue.database)).toBe(1);
  });

  it("and without the lock both get it", async () => {
    const unlocked = editing(queue.database, "for update of job skip locked", "");
    expect(await bothTake(unlocked)).toBe(2);
  });
});
