// Writes each second what this process does, for admins who look at the running system. It costs no
// request: what cannot be written in time is left out.
import { randomUUID } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { connectStrictly } from "#kit/data/redis";
import type { Log } from "#kit/service/logger";
import {
  type BudgetPeriod,
  createSummaryStore,
  type Summary,
  type SummaryStore,
} from "#kit/telemetry/summary-store";
import { levelOf, tallies } from "#kit/telemetry/tally";

const EVERY_MS = 1_000;
const BUDGET_EVERY_MS = 10_000;
const TIMEOUT_MS = 1_000;
/** The event loop is looked at ten times a second, as for its metric. */
const RESOLUTION_MS = 100;

export interface SummaryOptions {
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
  /** The counts since the start, of each promise that this process measures. */
  readonly budgets?: () => Promise<BudgetPeriod>;
}

/** Writes summaries until the returned function is called; that removes the last one. */
export function startSummaries(service: string, options: SummaryOptions): () => Promise<void> {
  const { redisUrl, redisPrefix, log } = options;
  const redis = connectStrictly("opsStats", redisUrl, log, TIMEOUT_MS);
  const store = createSummaryStore(redis, redisPrefix);
  const facts = { id: randomUUID(), service, startedAt: Date.now() };
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  const write = writerOf(() => store.write(summaryOf(facts, loop)));
  const stops = [setInterval(write, EVERY_MS).unref()];
  if (options.budgets) {
    const add = writerOf(adderOf(store, options.budgets));
    stops.push(setInterval(add, BUDGET_EVERY_MS).unref());
  }
  return async () => {
    for (const timer of stops) clearInterval(timer);
    loop.disable();
    await store.remove(facts.id).catch(() => {});
    redis.disconnect();
  };
}

/** Runs `work`, unless it still runs. Redis's own connection logs that it is away. */
function writerOf(work: () => Promise<void>): () => void {
  let isBusy = false;
  return () => {
    if (isBusy) return;
    isBusy = true;
    work()
      .catch(() => {})
      .finally(() => {
        isBusy = false;
      });
  };
}

type Facts = Pick<Summary, "id" | "service" | "startedAt">;

function summaryOf(facts: Facts, loop: ReturnType<typeof monitorEventLoopDelay>): Summary {
  // It measures the time between two looks, which is the resolution where nothing blocks.
  const eventLoopMs = Math.max(0, loop.max / 1e6 - RESOLUTION_MS);
  loop.reset();
  return {
    ...facts,
    at: Date.now(),
    ...tallies.roll(),
    sockets: levelOf("sockets"),
    subscriptions: levelOf("subscriptions"),
    dueJobs: levelOf("dueJobs"),
    eventLoopMs: Math.round(eventLoopMs),
    memoryBytes: process.memoryUsage.rss(),
  };
}

/** Counts that could not be added are added the next time. */
function adderOf(store: SummaryStore, read: () => Promise<BudgetPeriod>): () => Promise<void> {
  let added: BudgetPeriod = new Map();
  return async () => {
    const now = await read();
    const fresh = [...now].map(([name, { target, bad, all }]) => {
      const before = added.get(name) ?? { bad: 0, all: 0 };
      return [name, { target, bad: bad - before.bad, all: all - before.all }] as const;
    });
    await store.addToBudgets(new Map(fresh), Date.now());
    added = now;
  };
}
