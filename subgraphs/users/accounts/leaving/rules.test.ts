// Guarantees about leaving: when an erasure is due, when it is complete, and that one admin stays.
import { describe, expect, it } from "vitest";
import { ANSWERING, isDue, judgeDeletion, missingOf } from "./rules.ts";

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

describe("a person who deletes the account", () => {
  const ada = { personId: "ada", standing: "ACTIVE", leavesAt: null, adminIds: [] } as const;

  it("leaves, and what they were before is kept", () => {
    expect(judgeDeletion(ada)).toEqual({ kind: "leave", standingBefore: "ACTIVE" });
    expect(judgeDeletion({ ...ada, standing: "UNVERIFIED" })).toEqual({
      kind: "leave",
      standingBefore: "UNVERIFIED",
    });
  });

  it("keeps the first date when they ask again, also as the last admin", () => {
    const again = { ...ada, standing: "LEAVING", leavesAt: now, adminIds: ["ada"] } as const;
    expect(judgeDeletion(again)).toEqual({ kind: "leaving", leavesAt: now });
  });

  it("stays while they are the last admin", () => {
    expect(judgeDeletion({ ...ada, adminIds: ["ada"] })).toEqual({ kind: "lastAdmin" });
    expect(judgeDeletion({ ...ada, adminIds: ["ada", "bob"] }).kind).toBe("leave");
    expect(judgeDeletion({ ...ada, adminIds: ["bob"] }).kind).toBe("leave");
  });

  it("is signed out when the account is suspended or gone, whatever else is true", () => {
    const others = { leavesAt: now, adminIds: ["ada"] };
    for (const standing of ["SUSPENDED", null] as const) {
      expect(judgeDeletion({ ...ada, ...others, standing })).toEqual({ kind: "signedOut" });
    }
  });
});
