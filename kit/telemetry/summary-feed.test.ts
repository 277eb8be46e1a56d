// Guarantees about who gets the summaries of all processes, and when they are read.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSummaryFeed } from "./summary-feed.ts";
import type { BudgetPeriod, Summary } from "./summary-store.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function aStore() {
  let isAway = false;
  const reads: string[] = [];
  const answer = async <T>(what: string, value: T): Promise<T> => {
    reads.push(what);
    if (isAway) throw new Error("Redis is away");
    return value;
  };
  return {
    reads,
    setAway: (away: boolean) => {
      isAway = away;
    },
    readAll: () => answer<Summary[]>("all", []),
    readBudgets: () => answer<BudgetPeriod>("budgets", new Map()),
  };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000);

test("Redis is read once a second for all followers, and by nobody without one", async () => {
  const store = aStore();
  const feed = createSummaryFeed(store);
  const followers = [feed.follow(NOW + DAY_MS), feed.follow(NOW + DAY_MS)];
  await seconds(0);
  store.reads.length = 0;
  await seconds(5);
  expect(store.reads).toEqual(["all", "all", "all", "all", "all"]);
  for (const follower of followers) await follower.return?.();
  await seconds(5);
  expect(store.reads).toHaveLength(5);
  expect(vi.getTimerCount()).toBe(0);
});

test("a follower that takes its time gets the last reading only", async () => {
  const feed = createSummaryFeed(aStore());
  const follower = feed.follow(NOW + DAY_MS);
  await seconds(0);
  expect((await follower.next()).value.at).toBe(NOW);
  await seconds(7);
  expect((await follower.next()).value.at).toBe(NOW + 7_000);
  await follower.return?.();
});

test("while Redis is away nothing comes, and then readings again", async () => {
  const store = aStore();
  const follower = createSummaryFeed(store).follow(NOW + DAY_MS);
  await seconds(0);
  await follower.next();
  store.setAway(true);
  const next = follower.next();
  await seconds(30);
  store.setAway(false);
  await seconds(1);
  expect((await next).value.at).toBe(NOW + 31_000);
  await follower.return?.();
});

test("a stream ends with its token, and when the server stops", async () => {
  const feed = createSummaryFeed(aStore());
  const [short, long] = [feed.follow(NOW + 2_000), feed.follow(NOW + DAY_MS)];
  await seconds(3);
  await expect(short.next()).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
  feed.close();
  await expect(long.next()).rejects.toMatchObject({
    extensions: { code: "SUBGRAPH_UNAVAILABLE" },
  });
  expect(vi.getTimerCount()).toBe(0);
});
