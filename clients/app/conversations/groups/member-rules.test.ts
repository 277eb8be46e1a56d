// Guarantees about the actions on a member that are offered: those that the server would allow.
import { expect, it } from "vitest";
import { isNothing, mayDeleteOf, offeredFor } from "./member-rules.ts";

const OWNER = {
  viewerRole: "OWNER",
  viewerRights: ["SET_ROLES", "HAND_OVER", "REMOVE_MEMBERS", "DELETE_MESSAGES"],
} as const;
const ADMIN = {
  viewerRole: "ADMIN",
  viewerRights: ["SET_ROLES", "REMOVE_MEMBERS", "DELETE_MESSAGES"],
} as const;
const MEMBER = { viewerRole: "MEMBER", viewerRights: ["SEND_MESSAGES"] } as const;
const other = (role: "OWNER" | "ADMIN" | "MEMBER" | "GUEST") => ({ role, isViewer: false });

it("owners give every role, hand the group over, and remove everybody", () => {
  const all = { handOver: true, remove: true };
  expect(offeredFor(other("MEMBER"), OWNER)).toEqual({
    roles: ["OWNER", "ADMIN", "GUEST"],
    ...all,
  });
  expect(offeredFor(other("OWNER"), OWNER)).toEqual({
    roles: ["ADMIN", "MEMBER", "GUEST"],
    ...all,
  });
});

it("admins make members guests and guests members, and remove both", () => {
  const offered = { handOver: false, remove: true };
  expect(offeredFor(other("MEMBER"), ADMIN)).toEqual({ roles: ["GUEST"], ...offered });
  expect(offeredFor(other("GUEST"), ADMIN)).toEqual({ roles: ["MEMBER"], ...offered });
  expect(isNothing(offeredFor(other("ADMIN"), ADMIN))).toBe(true);
  expect(isNothing(offeredFor(other("OWNER"), ADMIN))).toBe(true);
});

it("members are offered nothing, and nobody anything about themselves", () => {
  expect(isNothing(offeredFor(other("GUEST"), MEMBER))).toBe(true);
  expect(isNothing(offeredFor({ role: "OWNER", isViewer: true }, OWNER))).toBe(true);
});

it("messages of those below are deleted, and of those who left", () => {
  expect([mayDeleteOf("ADMIN", OWNER), mayDeleteOf("OWNER", OWNER)]).toEqual([true, true]);
  expect([mayDeleteOf("MEMBER", ADMIN), mayDeleteOf(null, ADMIN)]).toEqual([true, true]);
  expect([mayDeleteOf("ADMIN", ADMIN), mayDeleteOf("GUEST", MEMBER)]).toEqual([false, false]);
});
