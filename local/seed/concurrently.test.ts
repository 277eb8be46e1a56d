// How many items are worked on at once.
import { expect, test } from "vitest";
import { concurrently } from "./concurrently.ts";

test("every item is worked on, and never more at once than the limit", async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await concurrently(3, [5, 4, 3, 2, 1, 0], async (item) => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
    done.push(item);
    running -= 1;
  });
  expect(done.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(3);
});

test("after a failure no other item is started", async () => {
  const begun: number[] = [];
  let finishOther = () => {};
  const other = new Promise<void>((resolve) => {
    finishOther = resolve;
  });
  const working = concurrently(2, [1, 2, 3, 4], async (item) => {
    begun.push(item);
    if (item === 1) throw new Error("refused");
    await other;
  });
  await expect(working).rejects.toThrow("refused");
  finishOther();
  await other;
  expect(begun).toEqual([1, 2]);
});
