// Guarantees about what admins see of the running system.
import { expect, test } from "vitest";
import type { Summary } from "#kit/telemetry/summary-store";
import { createTallies } from "#kit/telemetry/tally";
import { statsOf } from "./stats.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");

function aProcess(service: string, { at = NOW, requests = 0, dueJobs = 0 } = {}): Summary {
  const tallies = createTallies();
  for (let count = 0; count < requests; count += 1) tallies.request(0.05, count % 10 === 0);
  return {
    id: `${service} ${at} ${requests}`,
    service,
    startedAt: NOW - 60_000,
    at,
    ...tallies.roll(),
    sockets: service === "router" ? 3 : 0,
    subscriptions: 0,
    dueJobs,
    eventLoopMs: 2,
    memoryBytes: 120_000_000,
  };
}

const statsWith = (summaries: readonly Summary[], budgets = new Map()) =>
  statsOf({ at: NOW, summaries, budgets });

test("rates are those of the routers together, and subgraphs have theirs", () => {
  const stats = statsWith([
    aProcess("users", { requests: 500 }),
    aProcess("router", { requests: 100 }),
    aProcess("router", { requests: 50 }),
  ]);
  expect(stats).toMatchObject({ requestsPerSecond: 15, failuresPerSecond: 1.5, openSockets: 6 });
  expect(stats.requestP95Ms).toBeGreaterThan(35);
  expect(stats.requestP95Ms).toBeLessThanOrEqual(50);
  expect(stats.services).toMatchObject([
    { name: "router", processes: 2, requestsPerSecond: 15, memoryMb: 240 },
    { name: "users", processes: 1, requestsPerSecond: 50, memoryMb: 120 },
  ]);
});

test("a process that says nothing is shown as silent, and its figures do not count", () => {
  const silent = aProcess("router", { at: NOW - 5_001, requests: 100 });
  const stats = statsWith([silent, aProcess("router", { at: NOW - 5_000, requests: 10 })]);
  expect(stats).toMatchObject({ requestsPerSecond: 1, openSockets: 3 });
  const seenAt = new Date(NOW - 5_001);
  expect(stats.services).toMatchObject([{ processes: 1, silentProcesses: 1, seenAt }]);
});

test("replicas of a worker count the same jobs once, different workers theirs", () => {
  const stats = statsWith([
    aProcess("users-worker", { dueJobs: 4 }),
    aProcess("users-worker", { at: NOW - 900, dueJobs: 3 }),
    aProcess("events-worker", { dueJobs: 2 }),
  ]);
  expect(stats.dueJobs).toBe(6);
});

test("a service whose processes are all silent is shown with no rates", () => {
  const { services } = statsWith([aProcess("users", { at: NOW - 20_000, requests: 10 })]);
  const none = { requestsPerSecond: 0, requestP95Ms: null, eventLoopMs: 0, memoryMb: 0 };
  expect(services).toMatchObject([{ processes: 0, silentProcesses: 1, ...none }]);
});

test("without any process there are no figures, and no failure", () => {
  expect(statsWith([])).toMatchObject({
    requestsPerSecond: 0,
    requestP95Ms: null,
    deliveryP95Ms: null,
    budgets: [],
    services: [],
  });
});

test.each([
  [0, 0, null],
  [0, 1_000, 1],
  [5, 10_000, 0.5],
  [10, 10_000, 0],
  [20, 10_000, -1],
])("%i bad ones of %i leave %s of a budget of a thousandth", (bad, all, left) => {
  const budgets = new Map([["queries", { target: 0.999, bad, all }]]);
  const [budget] = statsWith([], budgets).budgets;
  if (left === null) expect(budget?.left).toBeNull();
  else expect(budget?.left).toBeCloseTo(left);
});
