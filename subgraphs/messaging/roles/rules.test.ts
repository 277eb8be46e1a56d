// Guarantees about roles: who gives them, and that a group keeps an owner.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Role } from "../rights.ts";
import { judgeHandOver, judgeRole } from "./rules.ts";

const group = [
  { userId: "ada", role: "OWNER" },
  { userId: "bob", role: "ADMIN" },
  { userId: "cy", role: "ADMIN" },
  { userId: "dan", role: "MEMBER" },
  { userId: "eve", role: "GUEST" },
] as const;

const verdictOn = (viewerId: string, userId: string, role: Role) =>
  judgeRole(group, viewerId, { userId, role }).kind;

describe("a role", () => {
  it("is given by owners to anybody, each role", () => {
    expect(judgeRole(group, "ada", { userId: "dan", role: "OWNER" })).toEqual({
      kind: "change",
      changes: [{ userId: "dan", role: "OWNER", previousRole: "MEMBER" }],
    });
    expect(verdictOn("ada", "bob", "GUEST")).toBe("change");
  });

  it("is given by admins to members and guests, below their own", () => {
    expect(verdictOn("bob", "dan", "GUEST")).toBe("change");
    expect(verdictOn("bob", "eve", "MEMBER")).toBe("change");
    expect(verdictOn("bob", "dan", "ADMIN")).toBe("notAllowed");
    expect(verdictOn("bob", "cy", "MEMBER")).toBe("notAllowed");
    expect(verdictOn("bob", "ada", "MEMBER")).toBe("notAllowed");
    expect(verdictOn("bob", "bob", "OWNER")).toBe("notAllowed");
  });

  it("can be given up by an admin, but not by the last owner", () => {
    expect(verdictOn("bob", "bob", "MEMBER")).toBe("change");
    expect(verdictOn("ada", "ada", "ADMIN")).toBe("lastOwner");
  });

  it("that a member has already changes nothing", () => {
    expect(verdictOn("ada", "ada", "OWNER")).toBe("same");
    expect(verdictOn("bob", "cy", "ADMIN")).toBe("same");
  });

  it("is for members only", () => {
    expect(verdictOn("ada", "zoe", "MEMBER")).toBe("personNotFound");
  });
});

describe("a hand-over", () => {
  it("is one change of two members", () => {
    expect(judgeHandOver(group, "ada", "dan")).toEqual({
      kind: "change",
      changes: [
        { userId: "dan", role: "OWNER", previousRole: "MEMBER" },
        { userId: "ada", role: "ADMIN", previousRole: "OWNER" },
      ],
    });
    expect(judgeHandOver(group, "ada", "ada")).toEqual({ kind: "same" });
    expect(judgeHandOver(group, "ada", "zoe")).toEqual({ kind: "personNotFound" });
  });

  it("to another owner only makes the viewer an admin", () => {
    const two = [
      { userId: "ada", role: "OWNER" } as const,
      { userId: "bob", role: "OWNER" } as const,
    ];
    expect(judgeHandOver(two, "ada", "bob")).toEqual({
      kind: "change",
      changes: [{ userId: "ada", role: "ADMIN", previousRole: "OWNER" }],
    });
  });
});

describe("a group", () => {
  it("keeps an owner, whatever roles are given and handed over", () => {
    const person = fc.constantFrom(...group.map(({ userId }) => userId));
    const role = fc.constantFrom<Role>("OWNER", "ADMIN", "MEMBER", "GUEST");
    const step = fc.record({ viewerId: person, userId: person, role, isHandOver: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const roles = new Map<string, Role>(group.map((each) => [each.userId, each.role]));
        for (const { viewerId, userId, role: wanted, isHandOver } of steps) {
          const present = [...roles].map(([id, own]) => ({ userId: id, role: own }));
          const own = roles.get(viewerId);
          if (own !== "OWNER" && (isHandOver || own !== "ADMIN")) continue;
          const verdict = isHandOver
            ? judgeHandOver(present, viewerId, userId)
            : judgeRole(present, viewerId, { userId, role: wanted });
          if (verdict.kind !== "change") continue;
          for (const change of verdict.changes) roles.set(change.userId, change.role);
          expect([...roles.values()]).toContain("OWNER");
        }
      }),
    );
  });
});
