// Guarantees about caches that are measured.
import { expect, test } from "vitest";
import { MeasuredCache } from "./caches.ts";
import { printMetrics } from "./metrics.ts";

const valuesOf = async (cache: string) =>
  Object.fromEntries(
    [...(await printMetrics()).matchAll(/^(cache_\w+)\{(.*)\} (\d+)$/gm)]
      .filter(([, , labels]) => labels?.includes(`cache="${cache}"`))
      .map(([, name, labels, value]) => [
        [name, /outcome="(\w+)"/.exec(labels ?? "")?.[1]].filter(Boolean).join(" "),
        Number(value),
      ]),
  );

test("reads count as hits and misses, and caches of one name count together", async () => {
  const [one, other] = [
    new MeasuredCache("tested", { max: 2 }),
    new MeasuredCache("tested", { max: 9 }),
  ];
  one.set("a", 1);
  other.set("a", 2);
  other.set("b", 3);
  expect([one.get("a"), one.get("b"), other.get("b"), other.get("c")]).toEqual([
    1,
    undefined,
    3,
    undefined,
  ]);
  const counts = {
    cache_entries: 3,
    "cache_reads_total hit": 2,
    "cache_reads_total miss": 2,
  };
  expect(await valuesOf("tested")).toEqual(counts);
  expect(await valuesOf("tested"), "a second scrape").toEqual(counts);
});

test("an entry that was dropped is a miss", async () => {
  const cache = new MeasuredCache<string, number>("small", { max: 1 });
  cache.set("a", 1);
  cache.set("b", 2);
  expect(cache.get("a")).toBeUndefined();
  expect(await valuesOf("small")).toMatchObject({ cache_entries: 1, "cache_reads_total miss": 1 });
});
