// Guarantees about the names of metrics, and that the document lists all of them.
import { describe, expect, test } from "vitest";
import { describeAll, documentWith } from "./metrics-table.ts";

const metrics = await describeAll();

/** Of prom-client, which follows older conventions. */
const own = metrics.filter(({ name }) => !/^(?:nodejs|process)_/.test(name));

describe("the name of a metric", () => {
  test("ends in _total where it counts, and nowhere else", () => {
    const counters = own.filter(({ type }) => type === "counter").map(({ name }) => name);
    const others = own.filter(({ type }) => type !== "counter").map(({ name }) => name);
    expect(counters.filter((name) => !name.endsWith("_total"))).toEqual([]);
    expect(others.filter((name) => name.endsWith("_total"))).toEqual([]);
  });

  test("has a base unit, and the unit at its end", () => {
    const odd = own.filter(({ name }) => /_(?:ms|milliseconds|minutes|kb|mb|percent)\b/.test(name));
    const inside = own.filter(({ name }) => /_(?:seconds|bytes)_(?!total$)/.test(name));
    expect([...odd, ...inside].map(({ name }) => name)).toEqual([]);
  });

  test("has a meaning that is a sentence", () => {
    expect(own.filter(({ help }) => !/^[A-Z1].{10,160}\.$/.test(help))).toEqual([]);
  });
});

test("no label is made for an id, a person or an address", () => {
  const labels = new Set(own.flatMap(({ labelNames }) => labelNames));
  const personal = /id$|person|user|viewer|email|address|ip$|session|conversation|token|url/i;
  expect([...labels].filter((label) => personal.test(label))).toEqual([]);
});

test("the document lists every metric; if not, run this with -u and read the diff", async () => {
  expect(metrics.length).toBeGreaterThan(80);
  await expect(documentWith(metrics)).toMatchFileSnapshot("../../docs/observability.md");
});
