// Guarantees of lanes: what is asked together is done together, and nobody pays for another.
import { describe, expect, it } from "vitest";
import { createLane } from "#kit/lanes";

function laneOf(run: (batch: readonly number[]) => Promise<readonly number[]>, waitingMax = 100) {
  const batches: number[][] = [];
  const lane = createLane<number, number>({
    run: (batch) => {
      batches.push([...batch]);
      return run(batch);
    },
    batchMax: 3,
    waitingMax,
    overflow: () => new Error("full"),
    isShared: (error) => error instanceof RangeError,
  });
  return { lane, batches };
}

const doubled = async (batch: readonly number[]) => batch.map((item) => item * 2);

describe("a lane", () => {
  it("does what is asked in one turn together, in order and in bounded batches", async () => {
    const { lane, batches } = laneOf(doubled);
    expect(await Promise.all([1, 2, 3, 4].map(lane.add))).toEqual([2, 4, 6, 8]);
    expect(batches).toEqual([[1, 2, 3], [4]]);
    expect(await lane.add(5)).toBe(10);
  });

  it("does what is asked while a batch is under way together, in the next ones", async () => {
    let release = () => {};
    const first = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { lane, batches } = laneOf(async (batch) => {
      if (batch.includes(1)) await first;
      return doubled(batch);
    });
    const early = lane.add(1);
    await new Promise((resolve) => setImmediate(resolve));
    const late = [2, 3, 4, 5].map(lane.add);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual([[1]]);
    release();
    expect(await Promise.all([early, ...late])).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it("gives nobody another's result when a batch has too few", async () => {
    const { lane } = laneOf(async (batch) => (batch.length > 1 ? [] : doubled(batch)));
    expect(await Promise.all([1, 2, 3].map(lane.add))).toEqual([2, 4, 6]);
  });

  it("lets the item that breaks a batch fail alone", async () => {
    const { lane } = laneOf(async (batch) => {
      if (batch.includes(2)) throw new Error("poison");
      return doubled(batch);
    });
    const ended = await Promise.allSettled([1, 2, 3].map(lane.add));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("tells everybody of a failure that is nobody's own, without trying again", async () => {
    const { lane, batches } = laneOf(async () => {
      throw new RangeError("gone");
    });
    const ended = await Promise.allSettled([1, 2].map(lane.add));
    expect(ended.every(({ status }) => status === "rejected")).toBe(true);
    expect(batches).toEqual([[1, 2]]);
  });

  it("refuses what it has no room for, and goes on", async () => {
    const { lane } = laneOf(doubled, 2);
    const ended = await Promise.allSettled([1, 2, 3].map(lane.add));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(await lane.add(4)).toBe(8);
  });
});
