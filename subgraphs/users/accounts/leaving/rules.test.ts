// Guarantees about leaving: when an erasure is due, when it is complete, and that one admin stays.
import { describe, expect, it } from "vitest";
import { ANSWERING, isDue, isLastAdmin, missingOf } from "./rules.ts";

const now = new Date("2026-05-04T12:00:00Z");
const leaving = { erasureId: "one", leavesAt: now, standing: "LEAVING" };

describe("an erasure", () => {
  it("is due from its date on, also for somebody who was suspended meanwhile", () => {
    expect(isDue(leaving, "one", now)).toBe(true);
    expect(isDue({ ...leaving, standing: "SUSPENDED" }, "one", now)).toBe(true);
    expect(isDue({ ...leaving, leavesAt: new Date(now.getTime() + 1) }, "one", now)).toBe(false);
  });

  it("is not due for somebody who came back, even if they leave again", () => {
    expect(isDue(null, "one", now)).toBe(false);
    expect(isDue(leaving, "another", now)).toBe(false);
    expect(isDue({ ...leaving, standing: "ACTIVE" }, "one", now)).toBe(false);
    expect(isDue({ ...leaving, standing: "UNVERIFIED" }, "one", now)).toBe(false);
  });

  it("is complete when every subgraph has answered, in any order and more than once", () => {
    expect(missingOf([])).toEqual([...ANSWERING]);
    expect(missingOf(["messaging", "events", "messaging"])).toEqual(["matching"]);
    expect(missingOf(["messaging", "matching", "events"])).toEqual([]);
  });
});

it("only the last admin may not leave", () => {
  expect(isLastAdmin("ada", ["ada"])).toBe(true);
  expect(isLastAdmin("ada", ["ada", "bob"])).toBe(false);
  expect(isLastAdmin("eve", ["ada"])).toBe(false);
});
