// Guarantees of our policies over a day, and of the algorithm by itself. The day is drawn, not
// recorded: docs/autoscaling-playbook.md says how, and how to put an own one in its place.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Decision, decide, POLICIES, type Policy, type ProcessKind } from "./autoscaling.ts";
import {
  CAPACITY,
  type Demand,
  flaps,
  longestShortage,
  processHours,
  type SimulatedDay,
  simulate,
} from "./simulated-day.ts";

interface Minute {
  readonly requests: number;
  readonly sockets: number;
  readonly jobs: number;
}

const [, ...lines] = readFileSync(new URL("./autoscaling-day.csv", import.meta.url), "utf8")
  .trim()
  .split("\n");
const DAY = lines.map((line): Minute => {
  const [, requests = 0, sockets = 0, jobs = 0] = line.split(",").map(Number);
  return { requests, sockets, jobs };
});

/**
 * Milliseconds of CPU for one request of a client, of whatever kind, sockets and frames included,
 * as `npm run test:load` prints them.
 */
const CPU_MS: Readonly<Record<ProcessKind, number>> = {
  router: 4.5,
  users: 3.2,
  events: 2.2,
  matching: 1.8,
  messaging: 2.4,
  worker: 0,
};

const KINDS = Object.keys(POLICIES) as ProcessKind[];

function demandsOf(kind: ProcessKind): Demand[] {
  return DAY.map(({ requests, sockets, jobs }) => ({
    cores: (requests * CPU_MS[kind]) / 1_000,
    sockets: kind === "router" ? sockets : 0,
    jobs: kind === "worker" ? jobs : 0,
  }));
}

const runs = new Map<ProcessKind, SimulatedDay>(
  KINDS.map((kind) => [kind, simulate(POLICIES[kind], demandsOf(kind))]),
);
const runOf = (kind: ProcessKind) => runs.get(kind) as SimulatedDay;

/** A number that falls and rises again so soon should not have fallen. */
const FLAP_SECONDS = 900;
const SHORTAGE_MINUTES_MAX = 3;
const WAIT_SECONDS_MAX = 300;

describe("over the day", () => {
  test("has a minute of demand for each minute", () => expect(DAY).toHaveLength(1_440));

  test.each(KINDS)("%s is never below need for more than three minutes", (kind) => {
    expect(longestShortage(runOf(kind))).toBeLessThanOrEqual(SHORTAGE_MINUTES_MAX);
  });

  test.each(KINDS)("%s does not stop processes that are soon started again", (kind) => {
    expect(flaps(runOf(kind), FLAP_SECONDS)).toBe(0);
  });

  test("no job waits for more than five minutes", () => {
    const waits = runOf("worker").minutes.map(
      ({ waiting, ready }) => waiting / (ready * CAPACITY.jobsPerSecond),
    );
    expect(Math.max(...waits)).toBeLessThan(WAIT_SECONDS_MAX);
  });

  test("takes fewer hours of processes than the day's most would for the whole day", () => {
    for (const kind of ["router", "messaging"] as const) {
      const day = runOf(kind);
      const most = Math.max(...day.minutes.map(({ ready }) => ready));
      expect(processHours(day), kind).toBeLessThan(0.75 * 24 * most);
    }
  });
});

describe("another policy", () => {
  const routerWith = (changes: Partial<Policy>) =>
    simulate({ ...POLICIES.router, ...changes }, demandsOf("router"));

  test("without a window flaps", () => {
    const down = { ...POLICIES.router.down, windowSeconds: 0, periodSeconds: 15 };
    expect(flaps(routerWith({ down }), FLAP_SECONDS)).toBeGreaterThan(0);
  });

  test("with a target near a full core is below need for long", () => {
    const targets = [{ reading: "cpu", value: 0.95 } as const];
    expect(longestShortage(routerWith({ targets, floor: 1 }))).toBeGreaterThan(
      SHORTAGE_MINUTES_MAX,
    );
  });

  test("with a ceiling below need is short", () => {
    expect(longestShortage(routerWith({ ceiling: 3 }))).toBeGreaterThan(SHORTAGE_MINUTES_MAX);
  });
});

describe("a decision", () => {
  const policy: Policy = {
    floor: 2,
    ceiling: 10,
    targets: [
      { reading: "cpu", value: 0.5 },
      { reading: "sockets", value: 100 },
    ],
    up: { step: 2, periodSeconds: 30 },
    down: { windowSeconds: 300, step: 1, periodSeconds: 60 },
  };
  const at = 1_000;
  const countOf = (count: number, readings: object, past: readonly Decision[] = []) =>
    decide(policy, readings, { at, count }, past).count;

  test("follows the target that wants most", () => {
    expect(countOf(4, { cpu: 0.7, sockets: 10 })).toBe(6);
    expect(countOf(4, { cpu: 0.1, sockets: 140 })).toBe(6);
  });

  test.each([0.46, 0.5, 0.54])("leaves the number at a reading of %f, near its target", (cpu) =>
    expect(countOf(4, { cpu })).toBe(4),
  );

  test("stays between floor and ceiling", () => {
    expect(countOf(2, { cpu: 0 })).toBe(2);
    expect(countOf(9, { cpu: 1 })).toBe(10);
    expect(countOf(1, { cpu: 0.5 })).toBe(2);
  });

  test("at most doubles the number in a period", () => {
    const past = [{ at: at - 15, wanted: 4, count: 3 }];
    expect(countOf(3, { sockets: 1_000 })).toBe(6);
    expect(countOf(6, { sockets: 1_000 }, past)).toBe(6);
  });

  test("takes processes away only when none was wanted for a while, one in a period", () => {
    const wanted = (before: number, count: number) => [
      { at: at - before, wanted: count, count: 6 },
    ];
    expect(countOf(6, { cpu: 0.1 }, wanted(299, 6))).toBe(6);
    expect(countOf(6, { cpu: 0.1 }, wanted(301, 6))).toBe(5);
    expect(countOf(5, { cpu: 0.1 }, [...wanted(301, 6), ...wanted(15, 2)])).toBe(5);
  });

  test("leaves the number while no metric can be read", () => {
    expect(countOf(5, {})).toBe(5);
    expect(countOf(5, { sockets: 200 })).toBe(10);
  });
});
