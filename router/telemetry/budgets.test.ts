// Guarantees about what a router counts of the promises to people.
import { Counter, Registry } from "prom-client";
import { expect, test } from "vitest";
import { histogram } from "#kit/telemetry/metrics";
import type { Slo } from "../../ops/slo.ts";
import { readBudgets } from "./budgets.ts";

/** Of the router; the histogram is one of the process. */
const registry = new Registry();
const operations = new Counter({
  name: "test_operations_total",
  help: "Of this test.",
  labelNames: ["operation", "outcome"],
  registers: [registry],
});
const seconds = histogram("test_seconds", "Of this test.", [0.1, 0.5, 1], ["operation"]);

const facts = { title: "", promise: "", target: 0.99, alert: "" };
const where = [{ label: "operation", is: "notIn", values: ["SignIn"] }] as const;
const answered: Slo = {
  ...facts,
  name: "answered",
  indicator: { kind: "outcomes", metric: "test_operations_total", where },
};
const inTime: Slo = {
  ...facts,
  name: "in time",
  indicator: { kind: "duration", metric: "test_seconds", where, seconds: 0.5 },
};

test("failures are bad, refusals do not count, and other operations have promises of their own", async () => {
  operations.inc({ operation: "Home", outcome: "ok" }, 7);
  operations.inc({ operation: "Me", outcome: "failed" }, 2);
  operations.inc({ operation: "Me", outcome: "refused" }, 100);
  operations.inc({ operation: "SignIn", outcome: "failed" }, 50);
  const budgets = await readBudgets(registry, [answered]);
  expect(budgets.get("answered")).toEqual({ target: 0.99, bad: 2, all: 9 });
});

test("what took longer than promised is bad", async () => {
  for (const took of [0.05, 0.5, 0.6, 30]) seconds.observe({ operation: "Home" }, took);
  seconds.observe({ operation: "SignIn" }, 30);
  const budgets = await readBudgets(registry, [inTime]);
  expect(budgets.get("in time")).toEqual({ target: 0.99, bad: 2, all: 4 });
});

test("a promise that another service measures is left out", async () => {
  const level: Slo = {
    ...facts,
    name: "fresh",
    indicator: { kind: "level", metric: "test_seconds", where: [], atMost: 30 },
  };
  const elsewhere: Slo = { ...answered, indicator: { ...inTime.indicator, metric: "nowhere" } };
  expect(await readBudgets(registry, [level, elsewhere])).toEqual(new Map());
});
