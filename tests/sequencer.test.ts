// Guarantees about shards: each file is in exactly one, and they take about equal times.
import fc from "fast-check";
import { expect, it } from "vitest";
import { shardsOf } from "./sequencer.ts";

const durations = fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 60 });
const counts = fc.integer({ min: 1, max: 6 });
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

it("every file is in exactly one shard", () => {
  fc.assert(
    fc.property(durations, counts, (files, count) => {
      const shards = shardsOf(files, count, (ms) => ms);
      expect(shards).toHaveLength(count);
      expect(shards.flat().sort()).toEqual(files.toSorted());
    }),
  );
});

it("no shard takes longer than another by more than one file", () => {
  fc.assert(
    fc.property(durations, counts, (files, count) => {
      const sorted = files.toSorted((a, b) => b - a);
      const times = shardsOf(sorted, count, (ms) => ms).map(sum);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(Math.max(0, ...files));
    }),
  );
});
