// Guarantees about the traces that are kept for the page: how many, and which.
import { expect, test } from "vitest";
import type { ShownSpan } from "./otlp.ts";
import { createTraces } from "./traces.ts";

function spanOf(trace: number, wish: Partial<ShownSpan> = {}): ShownSpan {
  return {
    traceId: `trace-${trace}`,
    spanId: `span-${trace}`,
    parentSpanId: "",
    name: `operation ${trace}`,
    service: "router",
    startedAt: 1_000 * trace,
    ms: 5,
    failure: "",
    attributes: {},
    links: [],
    ...wish,
  };
}

const BOUNDS = { tracesMax: 3, spansMax: 4, bytesMax: 1_000_000 };

test("the oldest traces are dropped beyond the number, and the list is newest first", () => {
  const traces = createTraces(BOUNDS);
  for (let at = 1; at <= 5; at += 1) traces.add([spanOf(at)]);
  expect(traces.list().map(({ name }) => name)).toEqual([
    "operation 5",
    "operation 4",
    "operation 3",
  ]);
  expect(traces.get("trace-1")).toBeNull();
});

test("the oldest traces are dropped beyond the bytes", () => {
  const big = { attributes: { text: "x".repeat(400) } };
  const traces = createTraces({ ...BOUNDS, tracesMax: 100, bytesMax: 2_000 });
  for (let at = 1; at <= 50; at += 1) traces.add([spanOf(at, big)]);
  expect(traces.list().map(({ name }) => name)).toEqual([
    "operation 50",
    "operation 49",
    "operation 48",
  ]);
});

test("a trace has the name of its root, also where a child seems to begin before it", () => {
  const traces = createTraces(BOUNDS);
  const child = { spanId: "child", parentSpanId: "span-1", name: "authorize", startedAt: 999.8 };
  traces.add([spanOf(1, child), spanOf(1)]);
  expect(traces.list()).toMatchObject([{ name: "operation 1", startedAt: 999.8 }]);
});

test("a trace has a bounded number of spans", () => {
  const traces = createTraces(BOUNDS);
  for (let at = 1; at <= 10; at += 1) traces.add([spanOf(1, { spanId: `s${at}` })]);
  expect(traces.list()).toMatchObject([{ spans: 4 }]);
});

test("a trace lasts from its first span to the last end, and tells of a failure in any service", () => {
  const traces = createTraces(BOUNDS);
  const late = { name: "frame", startedAt: 1_030, ms: 20, service: "messaging", failure: "FAILED" };
  traces.add([spanOf(1, { ...late, spanId: "b", parentSpanId: "span-1" }), spanOf(1)]);
  expect(traces.list()).toEqual([
    {
      traceId: "trace-1",
      name: "operation 1",
      startedAt: 1_000,
      ms: 50,
      spans: 2,
      services: ["messaging", "router"],
      hasFailed: true,
    },
  ]);
  expect(traces.get("trace-1")?.spans.map(({ name }) => name)).toEqual(["operation 1", "frame"]);
});

test("a trace is shown with the spans of others that are linked to it", () => {
  const traces = createTraces(BOUNDS);
  const link = { traceId: "trace-1", spanId: "span-1" };
  traces.add([spanOf(1), spanOf(2, { name: "batch", links: [link] }), spanOf(3)]);
  expect(traces.get("trace-1")?.linked).toMatchObject([{ traceId: "trace-2", name: "batch" }]);
  expect(traces.get("trace-3")?.linked).toEqual([]);
});
