// Guarantees about when what broke is tried again.
import { beforeEach, expect, test, vi } from "vitest";
import { createRetries } from "./retries.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** How long each of as many tries waits that all fail. */
async function waits(count: number, retries = createRetries(() => {})): Promise<number[]> {
  const found: number[] = [];
  for (let each = 0; each < count; each += 1) {
    const before = Date.now();
    retries.again();
    await vi.advanceTimersToNextTimerAsync();
    found.push(Date.now() - before);
  }
  return found;
}

test("a try comes soon, then later and later, each within a half of its time, 3 seconds at most", async () => {
  for (const [at, waited] of (await waits(12)).entries()) {
    const middle = Math.min(50 * 2 ** at, 2_000);
    expect(waited).toBeGreaterThanOrEqual(Math.floor(middle / 2));
    expect(waited).toBeLessThanOrEqual(Math.ceil(middle * 1.5));
  }
});

test("many do not come at once", async () => {
  const found = new Set<number | undefined>();
  for (let each = 0; each < 50; each += 1) found.add((await waits(1))[0]);
  expect(found.size).toBeGreaterThan(10);
});

test("what works again begins soon the next time", async () => {
  const retries = createRetries(() => {});
  await waits(8, retries);
  retries.reset();
  expect((await waits(1, retries))[0]).toBeLessThanOrEqual(75);
});

/** For how long each of many tries waits and fails, until it is given up. */
async function givenUpAfter(retries: ReturnType<typeof createRetries>, eachMs = 0) {
  const before = Date.now();
  while (retries.again()) {
    await vi.advanceTimersToNextTimerAsync();
    await vi.advanceTimersByTimeAsync(eachMs);
  }
  return Date.now() - before;
}

test("what does not work for a minute is given up, and nothing runs any more", async () => {
  const work = vi.fn();
  const retries = createRetries(work);
  const passed = await givenUpAfter(retries, 10_000);
  expect(passed).toBeGreaterThanOrEqual(60_000);
  expect(passed).toBeLessThan(75_000);
  const tries = work.mock.calls.length;
  await vi.runAllTimersAsync();
  expect(work).toHaveBeenCalledTimes(tries);
});

test("what worked in between has a minute anew, be it that it lasted and said nothing", async () => {
  const [said, lasted] = [createRetries(() => {}), createRetries(() => {})];
  for (const retries of [said, lasted]) await waits(30, retries);
  said.reset();
  await vi.advanceTimersByTimeAsync(20_000);
  for (const retries of [said, lasted]) {
    expect(await givenUpAfter(retries)).toBeGreaterThanOrEqual(60_000);
  }
});

test("two that were asked for are one, and what is stopped is not tried", async () => {
  const work = vi.fn();
  const retries = createRetries(work);
  retries.again();
  retries.again();
  await vi.runAllTimersAsync();
  expect(work).toHaveBeenCalledOnce();
  retries.again();
  retries.stop();
  await vi.runAllTimersAsync();
  expect(work).toHaveBeenCalledOnce();
});
