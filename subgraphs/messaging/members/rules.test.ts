// Guarantees about who joins a group, and who owns it after somebody left.
import { expect, test } from "vitest";
import { nextOwner, notYetMembers, type Present } from "./rules.ts";

const owner: Present = { userId: "ada", role: "OWNER", joinedSeq: 0 };
const early: Present = { userId: "bob", role: "MEMBER", joinedSeq: 3 };
const late: Present = { userId: "abe", role: "MEMBER", joinedSeq: 9 };

test("a member of a group does not join again", () => {
  expect(notYetMembers([owner, early], ["bob", "cy", "cy", "ada"])).toEqual(["cy"]);
});

test("a group whose last owner leaves goes to the member of longest standing", () => {
  expect(nextOwner([owner, late, early], "ada")).toBe("bob");
  expect(nextOwner([owner, { ...early, role: "OWNER" }], "ada")).toBeNull();
  expect(nextOwner([owner, early], "bob")).toBeNull();
  expect(nextOwner([owner], "ada")).toBeNull();
});
