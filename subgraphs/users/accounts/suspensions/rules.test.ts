// Guarantees about who may suspend whom, and what people are afterwards.
import { describe, expect, test } from "vitest";
import type { Role } from "../../generated/prisma/enums.ts";
import { isModerator, judgeSuspension, standingAfter } from "./rules.ts";

const judge = (viewerRoles: Role[], personRoles: Role[], adminIds = ["boss", "chief"]) =>
  judgeSuspension({ viewerId: "mo", viewerRoles, personId: "ada", personRoles }, adminIds);

describe("a suspension", () => {
  test.each<[viewer: Role, person: Role, verdict: string]>([
    ["MODERATOR", "USER", "suspend"],
    ["MODERATOR", "ORGANIZER", "suspend"],
    ["MODERATOR", "MODERATOR", "protected"],
    ["MODERATOR", "ADMIN", "protected"],
    ["ADMIN", "USER", "suspend"],
    ["ADMIN", "MODERATOR", "suspend"],
    ["ADMIN", "ADMIN", "suspend"],
  ])("by %s of %s: %s", (viewer, person, verdict) => {
    expect(judge(["USER", viewer], ["USER", person])).toBe(verdict);
  });

  test("of oneself is refused, whatever one's role", () => {
    const self = { viewerId: "ada", personId: "ada", personRoles: [] as Role[] };
    expect(judgeSuspension({ ...self, viewerRoles: ["ADMIN"] }, ["ada"])).toBe("self");
  });

  test("of the last admin is refused", () => {
    expect(judge(["ADMIN"], ["ADMIN"], ["ada"])).toBe("lastAdmin");
  });
});

test("only moderators and admins moderate", () => {
  expect(isModerator(["USER", "ORGANIZER"])).toBe(false);
  expect(isModerator(["MODERATOR"])).toBe(true);
  expect(isModerator(["ADMIN"])).toBe(true);
});

test.each([
  ["ACTIVE", true, "ACTIVE"],
  ["ACTIVE", false, "ACTIVE"],
  ["UNVERIFIED", false, "UNVERIFIED"],
  ["UNVERIFIED", true, "ACTIVE"],
  ["LEAVING", true, "LEAVING"],
] as const)("a person who was %s (verified: %s) is %s afterwards", (before, isVerified, after) => {
  expect(standingAfter(before, isVerified)).toBe(after);
});
