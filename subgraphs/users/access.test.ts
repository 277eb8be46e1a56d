// Who may read what of a person, as a matrix of every kind of reader.
import { describe, expect, test } from "vitest";
import type { Identity } from "#kit/identity";
import {
  findsEverybody,
  isPrivateReader,
  requireCardReader,
  requireProfileReader,
} from "./access.ts";

const ada = { id: "ada" };
const readers: Record<string, Identity> = {
  anonymous: { kind: "anonymous" },
  audience: { kind: "audience" },
  self: viewer("ada", []),
  stranger: viewer("grace", ["profile:write"]),
  admin: viewer("root", ["admin"]),
};

describe.each([
  { reader: "anonymous", card: false, profile: false, isPrivate: false },
  { reader: "audience", card: true, profile: false, isPrivate: false },
  { reader: "stranger", card: true, profile: true, isPrivate: false },
  { reader: "self", card: true, profile: true, isPrivate: true },
  { reader: "admin", card: true, profile: true, isPrivate: true },
])("$reader", ({ reader, card, profile, isPrivate }) => {
  const identity = readers[reader] ?? { kind: "anonymous" };

  test(`${card ? "reads" : "does not read"} the card`, () => {
    expect(isAllowed(() => requireCardReader({ identity }))).toBe(card);
  });

  test(`${profile ? "reads" : "does not read"} the profile`, () => {
    expect(isAllowed(() => requireProfileReader({ identity }, ada))).toBe(profile);
  });

  test(`${isPrivate ? "reads" : "does not read"} e-mail address and roles`, () => {
    expect(isPrivateReader({ identity }, ada)).toBe(isPrivate);
  });
});

test("only admins find also those on the other side of a block", () => {
  const finders = Object.entries(readers).filter(
    ([, identity]) => identity.kind === "viewer" && findsEverybody(identity.viewer),
  );
  expect(finders.map(([reader]) => reader)).toEqual(["admin"]);
});

test("who has just signed in reads all of themselves", () => {
  const identity: Identity = { kind: "anonymous" };
  const own = { ...ada, isOwn: true };
  expect(isAllowed(() => requireProfileReader({ identity }, own))).toBe(true);
  expect(isPrivateReader({ identity }, own)).toBe(true);
});

function isAllowed(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function viewer(id: string, scopes: string[]): Identity {
  return { kind: "viewer", viewer: { id, sessionId: "s", roles: [], scopes, expiresAt: 0 } };
}
