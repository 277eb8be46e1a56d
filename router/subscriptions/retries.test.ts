// Guarantees about retries: when they run, and when work is given up.
import { beforeEach, expect, test, vi } from "vitest";
import { createRetries } from "./retries.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** The waits of `count` retries that all fail. */
async function waits(count: number, retries = createRetries("feed", () => {})): Promise<number[]> {
  const found: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const before = Date.now();
    retries.again();
    await vi.advanceTimersToNextTimerAsync();
    found.push(Date.now() - before);
  }
  return found;
}

test("the wait doubles from 50 ms up to 2 s, plus or minus half", async () => {
  for (const [at, waited] of (await waits(12)).entries()) {
    const middle = Math.min(50 * 2 ** at, 2_000);
    expect(waited).toBeGreaterThanOrEqual(Math.floor(middle / 2));
    expect(waited).toBeLessThanOrEqual(Math.ceil(middle * 1.5));
  }
});

test("many retries do not come at the same time", async () => {
  const found = new Set<number | undefined>();
  for (let each = 0; each < 50; each += 1) found.add((await waits(1))[0]);
  expect(found.size).toBeGreaterThan(10);
});

test("the backoff starts anew after a success", async () => {
  const retries = createRetries("feed", () => {});
  await waits(8, retries);
  retries.reset();
  expect((await waits(1, retries))[0]).toBeLessThanOrEqual(75);
});

/** How long retries that all fail go on, each taking `eachMs`. */
async function givenUpAfter(retries: ReturnType<typeof createRetries>, eachMs = 0) {
  const before = Date.now();
  while (retries.again()) {
    await vi.advanceTimersToNextTimerAsync();
    await vi.advanceTimersByTimeAsync(eachMs);
  }
  return Date.now() - before;
}

test("work that fails for a minute is given up, and runs no more", async () => {
  const work = vi.fn();
  const retries = createRetries("feed", work);
  const passed = await givenUpAfter(retries, 10_000);
  expect(passed).toBeGreaterThanOrEqual(60_000);
  expect(passed).toBeLessThan(75_000);
  const tries = work.mock.calls.length;
  await vi.runAllTimersAsync();
  expect(work).toHaveBeenCalledTimes(tries);
});

test("work that succeeded, or lasted 20 s, has another minute", async () => {
  const [succeeded, lasted] = [createRetries("feed", () => {}), createRetries("feed", () => {})];
  for (const retries of [succeeded, lasted]) await waits(30, retries);
  succeeded.reset();
  await vi.advanceTimersByTimeAsync(20_000);
  for (const retries of [succeeded, lasted]) {
    expect(await givenUpAfter(retries)).toBeGreaterThanOrEqual(60_000);
  }
});

test("two retries at once are one, and none runs after a stop", async () => {
  const work = vi.fn();
  const retries = createRetries("feed", work);
  retries.again();
  retries.again();
  await vi.runAllTimersAsync();
  expect(work).toHaveBeenCalledOnce();
  retries.again();
  retries.stop();
  await vi.runAllTimersAsync();
  expect(work).toHaveBeenCalledOnce();
});
