// Guarantees of batchers: items are handled in batches, and one bad item does not fail the others.
import { describe, expect, it } from "vitest";
import { createBatcher, createKeyedBatchers } from "#kit/data/batcher";

type Run = (batch: readonly number[]) => Promise<readonly (number | Promise<number>)[]>;

/** A promise that the test settles. */
function gateOf<T>() {
  let open = (_: T) => {};
  const promise = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { promise, open };
}

function batcherOf(run: Run, waitingMax = 100) {
  const batches: number[][] = [];
  const batcher = createBatcher<number, number>({
    name: "doubled",
    run: (batch) => {
      batches.push([...batch]);
      return run(batch);
    },
    batchMax: 3,
    waitingMax,
    overflow: () => new Error("full"),
    isShared: (error) => error instanceof RangeError,
  });
  return { batcher, batches };
}

const doubled = async (batch: readonly number[]) => batch.map((item) => item * 2);

describe("a batcher", () => {
  it("handles items that are added in one turn together, in order and in bounded batches", async () => {
    const { batcher, batches } = batcherOf(doubled);
    expect(await Promise.all([1, 2, 3, 4].map(batcher.add))).toEqual([2, 4, 6, 8]);
    expect(batches).toEqual([[1, 2, 3], [4]]);
    expect(await batcher.add(5)).toBe(10);
  });

  it("handles items that are added while a batch runs in the next batches", async () => {
    const first = gateOf<void>();
    const { batcher, batches } = batcherOf(async (batch) => {
      if (batch.includes(1)) await first.promise;
      return doubled(batch);
    });
    const early = batcher.add(1);
    await new Promise((resolve) => setImmediate(resolve));
    const late = [2, 3, 4, 5].map(batcher.add);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([[1]]);
    first.open();
    expect(await Promise.all([early, ...late])).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("never mixes up results when a batch returns too few", async () => {
    const { batcher } = batcherOf(async (batch) => (batch.length > 1 ? [] : doubled(batch)));
    expect(await Promise.all([1, 2, 3].map(batcher.add))).toEqual([2, 4, 6]);
  });

  it("fails only the item that breaks a batch", async () => {
    const { batcher } = batcherOf(async (batch) => {
      if (batch.includes(2)) throw new Error("poison");
      return doubled(batch);
    });
    const ended = await Promise.allSettled([1, 2, 3].map(batcher.add));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("gives a shared failure to all items, without a retry", async () => {
    const { batcher, batches } = batcherOf(async () => {
      throw new RangeError("gone");
    });
    const ended = await Promise.allSettled([1, 2].map(batcher.add));
    expect(ended.every(({ status }) => status === "rejected")).toBe(true);
    expect(batches).toEqual([[1, 2]]);
  });

  it("starts the next batch while an item's result is still a promise, which counts as waiting", async () => {
    const elsewhere = gateOf<number>();
    const run: Run = async (batch) => batch.map((item) => (item === 1 ? elsewhere.promise : item));
    const { batcher, batches } = batcherOf(run, 2);
    const slow = batcher.add(1);
    expect([await batcher.add(2), await batcher.add(3)]).toEqual([2, 3]);
    const fast = batcher.add(4);
    await expect(batcher.add(5)).rejects.toThrow("full");
    elsewhere.open(10);
    expect([await slow, await fast]).toEqual([10, 4]);
    expect(batches).toEqual([[1, 2], [3], [4]]);
    expect(await Promise.all([6, 7].map(batcher.add))).toEqual([6, 7]);
  });

  it("gives an item whose promise rejects its own failure", async () => {
    const { batcher, batches } = batcherOf(async (batch) =>
      batch.map((item) => (item === 1 ? Promise.reject(new Error("poison")) : item)),
    );
    const ended = await Promise.allSettled([1, 2].map(batcher.add));
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
    expect(batches).toEqual([[1, 2]]);
  });

  it("refuses items beyond the limit, and goes on afterwards", async () => {
    const { batcher } = batcherOf(doubled, 2);
    const ended = await Promise.allSettled([1, 2, 3].map(batcher.add));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(await batcher.add(4)).toBe(8);
  });
});

describe("batchers by key", () => {
  it("keep the order of one key, do not delay other keys, and end with their items", async () => {
    const gate = gateOf<void>();
    const batches: string[][] = [];
    const batchers = createKeyedBatchers<string, string>({
      name: "items",
      run: async (batch) => {
        batches.push([...batch]);
        if (batch.includes("a1")) await gate.promise;
        if (batch.includes("a2")) throw new Error("poison");
        return batch;
      },
      batchMax: 1,
      waitingMax: 100,
      overflow: () => new Error("full"),
      isShared: () => false,
    });
    const slow = Promise.allSettled(["a1", "a2", "a3"].map((item) => batchers.add("a", item)));
    expect(await batchers.add("b", "b1")).toBe("b1");
    expect([batchers.has("a"), batchers.has("b")]).toEqual([true, false]);
    gate.open();
    const ended = (await slow).map(({ status }) => status);
    expect(ended).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(batches).toEqual([["a1"], ["b1"], ["a2"], ["a3"]]);
    expect(batchers.has("a")).toBe(false);
    expect(await batchers.add("a", "a4")).toBe("a4");
  });
});
