// Guarantees about the scopes of roles, and that one admin always remains.
import { expect, test } from "vitest";
import { judgeRevocation, ROLES, scopesOf } from "./rules.ts";

test("every role has exactly the scopes of the table", () => {
  expect(Object.fromEntries(ROLES.map((role) => [role, scopesOf([role])]))).toEqual({
    USER: ["profile:write", "registrations:write", "messages:write"],
    ORGANIZER: ["events:write"],
    MODERATOR: ["moderation:write"],
    ADMIN: [
      "profile:write",
      "registrations:write",
      "messages:write",
      "events:write",
      "moderation:write",
      "admin",
    ],
  });
});

test("scopes of several roles add up, each once", () => {
  expect(scopesOf(["USER", "ORGANIZER"])).toEqual([
    "profile:write",
    "registrations:write",
    "messages:write",
    "events:write",
  ]);
  expect(scopesOf(["USER", "ADMIN"])).toHaveLength(6);
  expect(scopesOf([])).toEqual([]);
});

test("an admin has every scope that any role has", () => {
  const all = new Set(ROLES.flatMap((role) => scopesOf([role])));
  expect(new Set(scopesOf(["ADMIN"]))).toEqual(all);
});

test("the last admin cannot lose the role", () => {
  expect(judgeRevocation("ada", "ADMIN", ["ada"])).toBe("lastAdmin");
  expect(judgeRevocation("ada", "ADMIN", ["ada", "grace"])).toBe("revoke");
});

test("other roles, and roles of people who are not admins, can always be revoked", () => {
  expect(judgeRevocation("ada", "USER", ["ada"])).toBe("revoke");
  expect(judgeRevocation("grace", "ADMIN", ["ada"])).toBe("revoke");
});
