// Guarantees about changes of a group's details.
import { describe, expect, it } from "vitest";
import { judgeDetails } from "./rules.ts";

const current = {
  title: "Hikers",
  description: null,
  posting: "EVERYONE",
  adding: "ADMINS",
  pinning: "EVERYONE",
  history: "WHOLE",
  editHistory: "MEMBERS",
  version: 3,
} as const;

describe("a change of details", () => {
  it("names what changes, and keeps the rest", () => {
    const wish = { title: "Hikers", description: "On Sundays", posting: "ADMINS" } as const;
    const { version: _, ...details } = current;
    expect(judgeDetails(current, wish, null)).toEqual({
      kind: "change",
      fields: ["DESCRIPTION", "POSTING"],
      details: { ...details, ...wish },
    });
  });

  it("takes a description away", () => {
    const described = { ...current, description: "On Sundays" };
    expect(judgeDetails(described, { description: null }, null)).toMatchObject({
      fields: ["DESCRIPTION"],
    });
  });

  it("of a group that changed since is stale, unless all is so already", () => {
    const stale = { kind: "stale", currentVersion: 3 };
    expect(judgeDetails(current, { title: "Walkers" }, 2)).toEqual(stale);
    expect(judgeDetails(current, { title: "Hikers" }, 2)).toEqual({ kind: "same" });
    expect(judgeDetails(current, { title: "Walkers" }, 3)).toMatchObject({ kind: "change" });
    expect(judgeDetails(current, {}, 1)).toEqual({ kind: "same" });
  });
});
