// Guarantees about error budgets: when an alert fires, and how much of the budget is gone then.
import { describe, expect, it } from "vitest";
import {
  BURNS,
  budgetLeftOf,
  budgetSpentBy,
  burnRateOf,
  isFiring,
  secondsToFire,
  WINDOW_SECONDS,
} from "./burn.ts";
import { SLOS } from "./slo.ts";

const slo = { target: 0.999 };
const [fast, ...slower] = BURNS;
if (!fast) throw new Error("There is no burn alert.");

describe("the budget of 99.9 %", () => {
  it.each([
    ["nothing happened", { bad: 0, all: 0 }, 0, 1],
    ["nothing was bad", { bad: 0, all: 500 }, 0, 1],
    ["one of 2,000 was bad", { bad: 1, all: 2_000 }, 0.5, 0.5],
    ["one of 1,000 was bad", { bad: 1, all: 1_000 }, 1, 0],
    ["all were bad", { bad: 7, all: 7 }, 1_000, -999],
  ])("if %s", (_, counts, burnRate, left) => {
    expect(burnRateOf(slo, counts)).toBeCloseTo(burnRate, 6);
    expect(budgetLeftOf(slo, counts)).toBeCloseTo(left, 6);
  });
});

it("alerts fire when 2, 5, 10 and 10 % of the budget are spent", () => {
  expect(BURNS.map((burn) => Math.round(budgetSpentBy(burn) * 100))).toEqual([2, 5, 10, 10]);
});

it("a total outage pages within a minute, and what lasts the whole period is still noticed", () => {
  expect(secondsToFire(fast, burnRateOf(slo, { bad: 1, all: 1 }))).toBeLessThan(60);
  const creeping = BURNS.filter((burn) => secondsToFire(burn, 1.01) !== null);
  expect(creeping.map(({ severity }) => severity)).toEqual(["ticket"]);
  expect(BURNS.filter((burn) => secondsToFire(burn, 1) !== null)).toEqual([]);
});

it("a slower burn is noticed later, and never pages after it only made a ticket", () => {
  for (const [at, { factor, long, severity }] of slower.entries()) {
    const before = BURNS[at];
    expect(factor).toBeLessThan(before?.factor ?? 0);
    expect(WINDOW_SECONDS[long]).toBeGreaterThan(WINDOW_SECONDS[before?.long ?? "3d"]);
    if (before?.severity === "ticket") expect(severity).toBe("ticket");
  }
});

describe("the fast alert", () => {
  const broken = { bad: 50, all: 1_000 };
  const fine = { bad: 0, all: 1_000 };
  const rare = { bad: 9, all: 12 };

  it.each([
    ["fires while it burns", broken, broken, true],
    ["ends soon after the cause: the short window is good", broken, fine, false],
    ["does not fire for a moment: the long window is good", fine, broken, false],
    ["does not fire for a few failures at night", rare, rare, false],
  ])("%s", (_, long, short, fires) => {
    expect(isFiring(slo, fast, { long, short })).toBe(fires);
  });

  it("could fire for every promise", () => {
    const all = { bad: 1_000, all: 1_000 };
    for (const each of SLOS) expect(isFiring(each, fast, { long: all, short: all })).toBe(true);
  });
});
