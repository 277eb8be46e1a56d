// Guarantees about signals in batches.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./pacing.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A source that values are put into, and all that has come through. */
function aPaced() {
  const waiting: ((result: IteratorResult<string>) => void)[] = [];
  const values: string[] = [];
  let isEnded = false;
  const source: AsyncIterator<string> = {
    next: () => new Promise((resolve) => void waiting.push(resolve)),
    async return() {
      isEnded = true;
      return { done: true, value: undefined };
    },
  };
  const through = paced(source, { intervalMs: 3_000, keyOf: (value) => value });
  const reading = (async () => {
    for await (const value of through) values.push(value);
  })();
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return {
    ...{ values, through, reading },
    isEnded: () => isEnded,
    async put(...given: string[]) {
      for (const value of given) {
        await settle();
        waiting.shift()?.({ done: false, value });
      }
      await settle();
    },
    async finish() {
      waiting.shift()?.({ done: true, value: undefined });
      await settle();
    },
  };
}

test("the first signal passes at once, and those behind it together, three seconds later", async () => {
  const { put, values } = aPaced();
  await put("a", "b", "c");
  expect(values).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(2_999);
  expect(values).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(values).toEqual(["a", "b", "c"]);
});

test("after a pause the next one passes at once again", async () => {
  const { put, values } = aPaced();
  await put("a");
  await vi.advanceTimersByTimeAsync(3_000);
  await put("b", "c");
  expect(values).toEqual(["a", "b"]);
});

test("of equal signals in one batch the last one stays, in its place", async () => {
  const { put, values } = aPaced();
  await put("first", "a", "b", "a");
  await vi.advanceTimersByTimeAsync(3_000);
  expect(values).toEqual(["first", "b", "a"]);
});

test("a batch has a bounded size, and loses the oldest", async () => {
  const { put, values } = aPaced();
  await put("first", ...Array.from({ length: 130 }, (_, at) => `${at}`));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(values).toHaveLength(101);
  expect(values.slice(0, 2)).toEqual(["first", "30"]);
});

test("either end ends the other, also while signals are held", async () => {
  const one = aPaced();
  await one.put("a", "b");
  await one.through.return?.();
  await one.reading;
  expect(one.isEnded()).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  const other = aPaced();
  await other.put("a");
  await other.finish();
  await other.reading;
  expect(other.values).toEqual(["a"]);
});
