// Guarantees about the rights of members: the whole table, role by role.
import { describe, expect, it } from "vitest";
import { hasRight, isAbove, RIGHTS, type Role, refusalOf, rightsOf } from "./rights.ts";

const ROLES: readonly Role[] = ["OWNER", "ADMIN", "MEMBER", "GUEST"];
const POLICIES = ["EVERYONE", "ADMINS"] as const;
const group = {
  kind: "GROUP",
  posting: "EVERYONE",
  adding: "EVERYONE",
  pinning: "EVERYONE",
} as const;

describe("the rights in a group", () => {
  it("are all of an owner's, and all but the hand-over of an admin's, whatever is set", () => {
    for (const posting of POLICIES) {
      for (const adding of POLICIES) {
        const settings = { ...group, posting, adding, pinning: adding };
        expect(rightsOf({ ...settings, role: "OWNER" })).toEqual(RIGHTS);
        const admins = RIGHTS.filter((right) => right !== "HAND_OVER");
        expect(rightsOf({ ...settings, role: "ADMIN" })).toEqual(admins);
      }
    }
  });

  it("of members follow the settings", () => {
    const member = { ...group, role: "MEMBER" } as const;
    expect(rightsOf(member)).toEqual([
      "SEND_MESSAGES",
      "PIN_MESSAGES",
      "ADD_MEMBERS",
      "INVITE_BY_LINK",
    ]);
    expect(rightsOf({ ...member, posting: "ADMINS" })).not.toContain("SEND_MESSAGES");
    expect(rightsOf({ ...member, pinning: "ADMINS" })).not.toContain("PIN_MESSAGES");
    const closed = rightsOf({ ...member, adding: "ADMINS" });
    expect(closed).toEqual(["SEND_MESSAGES", "PIN_MESSAGES"]);
  });

  it("of guests are to write where everybody does", () => {
    const guest = { ...group, role: "GUEST" } as const;
    expect(rightsOf(guest)).toEqual(["SEND_MESSAGES"]);
    expect(rightsOf({ ...guest, posting: "ADMINS" })).toEqual([]);
  });

  it("never grow from a role to a lower one", () => {
    for (const right of RIGHTS) {
      const holders = ROLES.map((role) => hasRight({ ...group, role }, right));
      expect(holders).toEqual([...holders].sort((a, b) => Number(b) - Number(a)));
    }
  });
});

describe("a conversation that is no group", () => {
  it("lets its people write and pin, and nothing else", () => {
    const direct = { ...group, kind: "DIRECT", role: "MEMBER" } as const;
    expect(rightsOf(direct)).toEqual(["SEND_MESSAGES", "PIN_MESSAGES"]);
    expect(refusalOf(direct, "CHANGE_DETAILS")).toEqual({ kind: "direct" });
  });
});

describe("a refusal", () => {
  it("names the missing right, and hides the group from strangers", () => {
    const member = { ...group, role: "MEMBER" } as const;
    expect(refusalOf(null, "SET_ROLES")).toEqual({ kind: "notFound" });
    expect(refusalOf(member, "SET_ROLES")).toEqual({ kind: "notAllowed", right: "SET_ROLES" });
    expect(refusalOf({ ...group, role: "ADMIN" }, "SET_ROLES")).toBeNull();
  });
});

describe("a rank", () => {
  it("lets owners act on everybody, and others on lower roles only", () => {
    expect(ROLES.map((other) => isAbove("OWNER", other))).toEqual([true, true, true, true]);
    expect(ROLES.map((other) => isAbove("ADMIN", other))).toEqual([false, false, true, true]);
    expect(ROLES.map((other) => isAbove("MEMBER", other))).toEqual([false, false, false, true]);
  });
});
