// Where processes leave their summaries for each other: keys of Redis with a time to live. They are
// a view of now, and nothing depends on them.
import type { Redis } from "ioredis";
import { z } from "zod";

const counts = z.array(z.number()).readonly();

const summaryShape = z.object({
  id: z.string(),
  /** Such as `router` or `users-worker`. */
  service: z.string(),
  /** Times in ms since the epoch. */
  startedAt: z.number(),
  at: z.number(),
  requests: z.number(),
  failures: z.number(),
  durations: counts,
  deliveries: counts,
  sockets: z.number(),
  subscriptions: z.number(),
  dueJobs: z.number(),
  /** The longest time of the last second in which the event loop took no work. */
  eventLoopMs: z.number(),
  memoryBytes: z.number(),
});

/** The figures of one process, each second. */
export type Summary = z.infer<typeof summaryShape>;

/** Of a promise: what it allows, and what happened. */
export interface BudgetCounts {
  readonly target: number;
  readonly bad: number;
  readonly all: number;
}

/** By the name of the promise. */
export type BudgetPeriod = ReadonlyMap<string, BudgetCounts>;

/** A process that says nothing for longer is forgotten. */
const FORGOTTEN_MS = 60_000;
/** More processes are not read. */
const PROCESSES_MAX = 200;
/** Days of a budget's period. */
const BUDGET_DAYS = 30;
const DAY_MS = 86_400_000;

export interface SummaryStore {
  write(summary: Summary): Promise<void>;
  /** Adds what happened since the last call. */
  addToBudgets(added: BudgetPeriod, now: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** The last summary of each process that is not forgotten. */
  readAll(now: number): Promise<Summary[]>;
  /** The counts of the last BUDGET_DAYS, today included, as far as Redis has it. */
  readBudgets(now: number): Promise<BudgetPeriod>;
}

export function createSummaryStore(redis: Redis, prefix: string): SummaryStore {
  const processes = `${prefix}:ops:processes`;
  const keyOf = (id: string) => `${prefix}:ops:process:${id}`;
  const dayKey = (ms: number) => `${prefix}:ops:budget:${new Date(ms).toISOString().slice(0, 10)}`;
  return {
    async write(summary) {
      await redis
        .pipeline()
        .set(keyOf(summary.id), JSON.stringify(summary), "PX", FORGOTTEN_MS)
        .zadd(processes, summary.at, summary.id)
        .zremrangebyscore(processes, 0, summary.at - FORGOTTEN_MS)
        .pexpire(processes, FORGOTTEN_MS)
        .exec();
    },
    async addToBudgets(added, now) {
      const key = dayKey(now);
      const pipeline = redis.pipeline();
      for (const [name, { target, bad, all }] of added) {
        pipeline.hset(key, `${name}:target`, target);
        pipeline.hincrby(key, `${name}:bad`, bad).hincrby(key, `${name}:all`, all);
      }
      await pipeline.pexpire(key, (BUDGET_DAYS + 1) * DAY_MS).exec();
    },
    async remove(id) {
      await redis.pipeline().del(keyOf(id)).zrem(processes, id).exec();
    },
    async readAll(now) {
      const since = now - FORGOTTEN_MS;
      const ids = await redis.zrangebyscore(processes, since, "+inf", "LIMIT", 0, PROCESSES_MAX);
      if (ids.length === 0) return [];
      const texts = await redis.mget(ids.map(keyOf));
      return texts.flatMap((text) => summariesIn(text));
    },
    async readBudgets(now) {
      const days = Array.from({ length: BUDGET_DAYS }, (_, days) => dayKey(now - days * DAY_MS));
      const pipeline = redis.pipeline();
      for (const key of days) pipeline.hgetall(key);
      const answers = (await pipeline.exec()) ?? [];
      // The newest day comes first, and its targets count.
      return periodOf(answers.map(([, fields]) => fields as Record<string, string>));
    },
  };
}

/** None in a text of another release. */
function summariesIn(text: string | null): Summary[] {
  if (text === null) return [];
  const { data } = summaryShape.safeParse(JSON.parse(text));
  return data ? [data] : [];
}

function periodOf(days: readonly Readonly<Record<string, string>>[]): BudgetPeriod {
  const period = new Map<string, BudgetCounts>();
  for (const fields of days) {
    for (const name of Object.keys(fields).flatMap((field) => nameIn(field))) {
      const figure = (of: string) => Number(fields[`${name}:${of}`] ?? 0);
      const { target = figure("target"), bad = 0, all = 0 } = period.get(name) ?? {};
      period.set(name, { target, bad: bad + figure("bad"), all: all + figure("all") });
    }
  }
  return period;
}

function nameIn(field: string): string[] {
  return field.endsWith(":target") ? [field.slice(0, -":target".length)] : [];
}
