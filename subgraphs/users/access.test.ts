// Guarantees about the relations of readers to a person.
import { expect, test } from "vitest";
import type { Viewer } from "#kit/trust/identity";
import { findsEverybody, policies } from "./access.ts";

const ada = { id: "ada" };
const self = viewer("ada", []);
const stranger = viewer("grace", ["profile:write"]);
const admin = viewer("root", ["admin"]);

test.each([
  { reader: "nobody", viewer: null, isSelf: false, isAdmin: false },
  { reader: "the person", viewer: self, isSelf: true, isAdmin: false },
  { reader: "a stranger", viewer: stranger, isSelf: false, isAdmin: false },
  { reader: "an admin", viewer: admin, isSelf: false, isAdmin: true },
])("$reader is $isSelf themselves and $isAdmin an admin", ({ viewer, isSelf, isAdmin }) => {
  expect(policies.self(ada, { viewer, signedIn: viewer })).toBe(isSelf);
  expect(policies.admin(ada, { viewer, signedIn: viewer })).toBe(isAdmin);
});

test("a restricted person is themselves, and never an admin", () => {
  expect(policies.self(ada, { viewer: null, signedIn: self })).toBe(true);
  expect(policies.self(ada, { viewer: null, signedIn: admin })).toBe(false);
  expect(policies.admin(ada, { viewer: null, signedIn: admin })).toBe(false);
});

test("a person who has just signed in is themselves, although the request was anonymous", () => {
  expect(policies.self({ ...ada, isOwn: true }, { viewer: null, signedIn: null })).toBe(true);
});

test("only admins also find people behind a block", () => {
  expect([self, stranger, admin].map(findsEverybody)).toEqual([false, false, true]);
});

function viewer(id: string, scopes: string[]): Viewer {
  return { id, sessionId: "s", roles: [], scopes, expiresAt: 0 };
}
