// What becomes of a job: enqueued with its cause or not at all, tried again with growing waits,
// given up with a reason, given back by a worker that stops; and work that recurs.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { inTransaction } from "../../../kit/data/database.ts";
import { JobFailure } from "../../../kit/jobs/failure.ts";
import { handleJob, type Job } from "../../../kit/jobs/handlers.ts";
import { enqueue, jobKind, jobOf } from "../../../kit/jobs/kinds.ts";
import { storeEffect } from "./effects.ts";
import { openQueue, type Queue, SHORT_LEASE, startWorker } from "./harness.ts";

let queue: Queue;
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(() => queue.close());
beforeEach(() => queue.clear());

const WAIT = { timeout: 20_000 };

const kind = jobKind("test.attempt", z.object({ text: z.string() }), {
  firstBackoffMs: 5,
  attemptsMax: 3,
});
const job = (key: string, text = "") => jobOf(kind, { text }, { key });
const row = (key: string) =>
  queue.database.job.findFirstOrThrow({ where: { kind: kind.name, key } });

/** Runs the waiting jobs until all are finished. */
async function run(work: (job: Job<{ text: string }>) => Promise<void>): Promise<void> {
  const { runner } = startWorker(queue, () => [handleJob(kind, work)]);
  await queue.untilFinished();
  await runner.stop();
}

describe("a job is enqueued", () => {
  it("only if its transaction commits", async () => {
    const broken = inTransaction(queue.database, async (tx) => {
      await enqueue(tx, [job("a")]);
      throw new Error("the cause fails");
    });
    await expect(broken).rejects.toThrow("the cause fails");
    expect(await queue.database.job.count()).toBe(0);
  });

  it("once by a key, however many try at once, and also after it is done", async () => {
    const tries = Array.from({ length: 20 }, () => queue.add(job("a"), job("b")));
    expect((await Promise.all(tries)).reduce((sum, each) => sum + each)).toBe(2);
    await run(async ({ key, done }) => {
      await inTransaction(queue.database, async (tx) => {
        await storeEffect(tx, key);
        await done(tx);
      });
    });
    expect(await queue.add(job("a"))).toBe(0);
    expect(await queue.effects()).toEqual({ a: 1, b: 1 });
  });

  it("with a payload of its kind's shape only", () => {
    const wrong = { text: 7 } as unknown as { text: string };
    expect(() => jobOf(kind, wrong, { key: "a" })).toThrow("text");
    expect(() => jobOf(kind, { text: "" }, { key: "" })).toThrow();
  });

  it("and wakes a worker that would poll much later", async () => {
    const seen = new Set<string>();
    const handler = handleJob(kind, async ({ key }) => void seen.add(key));
    const { runner } = startWorker(queue, () => [handler], { pollMs: 3_600_000 });
    // Its first look at the queue ends with this row, before there is the job.
    await vi.waitFor(async () => {
      const cleaned = { kind: "jobs.clean", lease: null, dueAt: { gt: new Date() } };
      expect(await queue.database.job.count({ where: cleaned })).toBe(1);
    }, WAIT);
    await queue.add(job("woken"));
    await vi.waitFor(() => expect([...seen]).toEqual(["woken"]), { timeout: 10_000 });
    await runner.stop();
  });
});

describe("a job that fails", () => {
  it("is tried again until it succeeds, and keeps nothing of its payload then", async () => {
    await queue.add(job("a", "secret"));
    const attempts: number[] = [];
    await run(async ({ attempt, payload }) => {
      attempts.push(attempt);
      expect(payload.text).toBe("secret");
      if (attempt < 3) throw new Error("not yet");
    });
    expect(attempts).toEqual([1, 2, 3]);
    expect(await row("a")).toMatchObject({
      state: "DONE",
      payload: null,
      error: null,
      lease: null,
    });
  });

  it("is given up after the last attempt, with a reason that repeats no message", async () => {
    await queue.add(job("a"));
    await run(async () => {
      throw Object.assign(new Error("ada@example.com is unknown"), { code: "EENVELOPE" });
    });
    const reason = "Error (EENVELOPE): the log of the worker has the details.";
    expect(await row("a")).toMatchObject({ state: "GIVEN_UP", attempts: 3, error: reason });
  });

  it("is given up at once when another attempt is useless", async () => {
    await queue.add(job("a"));
    await run(async () => {
      throw new JobFailure("The address does not exist.", { isPermanent: true });
    });
    const error = "The address does not exist.";
    expect(await row("a")).toMatchObject({ state: "GIVEN_UP", attempts: 1, error });
  });

  it("waits as long as it is told", async () => {
    await queue.add(job("a"));
    const { runner } = startWorker(queue, () => [
      handleJob(kind, async () => {
        throw new JobFailure("The server is busy.", { retryAfterMs: 60_000 });
      }),
    ]);
    await vi.waitFor(async () => expect((await row("a")).error).toBe("The server is busy."), WAIT);
    await runner.stop();
    const { dueAt, createdAt } = await row("a");
    expect(dueAt.getTime() - createdAt.getTime()).toBeGreaterThanOrEqual(60_000);
  });

  it("is given up when its payload has another shape, and others go on", async () => {
    await queue.add(job("a"), job("b"));
    await queue.database.job.updateMany({ where: { key: "a" }, data: { payload: { text: 7 } } });
    await run(async () => {});
    expect([(await row("a")).state, (await row("b")).state]).toEqual(["GIVEN_UP", "DONE"]);
  });

  it("is given up when its worker dies each time", async () => {
    await queue.add(job("a"));
    let deaths = 0;
    const workers = [1, 2, 3, 4].map(() =>
      startWorker(
        queue,
        (_, crash) => [
          handleJob(kind, () => {
            deaths += 1;
            crash();
            return new Promise(() => {});
          }),
        ],
        SHORT_LEASE,
      ),
    );
    await queue.untilFinished();
    expect(deaths).toBe(3);
    expect((await row("a")).error).toBe("Its worker died during the last of 3 attempts.");
    for (const each of workers) if (!each.hasCrashed()) await each.runner.stop();
  });
});

describe("jobs that take longer than their lease", () => {
  it("keep it, all that were taken at once, while two workers look for more", async () => {
    await queue.add(...["a", "b", "c", "d", "e"].map((key) => job(key)));
    const sleep = handleJob(kind, async () => {
      await queue.database.$queryRaw`/* test.sleep */ select pg_sleep(5)::text`;
    });
    const workers = [1, 2].map(() =>
      startWorker(queue, () => [sleep], { leaseMs: 2_000, graceMs: 20_000 }),
    );
    await queue.untilFinished();
    await Promise.all(workers.map(({ runner }) => runner.stop()));
    const rows = await queue.database.job.findMany({ where: { kind: kind.name } });
    expect(rows.map(({ attempts, state }) => [attempts, state])).toEqual(
      Array(5).fill([1, "DONE"]),
    );
  });
});

describe("a worker that stops", () => {
  it("finishes what runs, and takes nothing new", async () => {
    await queue.add(job("a"));
    let release: (() => void) | undefined;
    const { runner } = startWorker(queue, () => [
      handleJob(kind, () => new Promise<void>((resolve) => (release = resolve))),
    ]);
    await vi.waitFor(() => expect(release).toBeDefined(), WAIT);
    const stopped = runner.stop();
    await queue.add(job("b"));
    release?.();
    await stopped;
    expect((await row("a")).state).toBe("DONE");
    expect(await row("b")).toMatchObject({ state: "WAITING", attempts: 0 });
  });

  it("gives back what does not end, and the attempt does not count", async () => {
    await queue.add(job("a"));
    let signal: AbortSignal | undefined;
    const { runner } = startWorker(
      queue,
      () => [
        handleJob(kind, (given) => {
          signal = given.signal;
          return new Promise(() => {});
        }),
      ],
      { leaseMs: 60_000, graceMs: 10 },
    );
    await vi.waitFor(() => expect(signal).toBeDefined(), WAIT);
    await runner.stop();
    expect(signal?.aborted).toBe(true);
    expect(await row("a")).toMatchObject({ state: "WAITING", attempts: 0, lease: null });
    await run(async () => {});
    expect(await row("a")).toMatchObject({ state: "DONE", attempts: 1 });
  });
});

describe("recurring work", () => {
  it("is done by one worker at a time, again and again, also after a failure", async () => {
    let atOnce = 0;
    let most = 0;
    let runs = 0;
    const recurring = {
      name: "test.recurring",
      everyMs: 5,
      run: async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await queue.database.$queryRaw`/* test.sleep */ select pg_sleep(0.01)::text`;
        atOnce -= 1;
        runs += 1;
        if (runs % 2 === 0) throw new Error("every second run fails");
      },
    };
    const workers = [1, 2, 3].map(() =>
      startWorker(queue, () => [], { recurring: [recurring], pollMs: 5 }),
    );
    await vi.waitFor(() => expect(runs).toBeGreaterThan(8), { timeout: 20_000 });
    await Promise.all(workers.map(({ runner }) => runner.stop()));
    expect(most).toBe(1);
  });
});
