// Guarantees about who comes into a group and who owns it when somebody goes.
import { expect, test } from "vitest";
import { nextOwner, notYetMembers, type Present } from "./rules.ts";

const owner: Present = { userId: "ada", role: "OWNER", joinedSeq: 0 };
const early: Present = { userId: "bob", role: "MEMBER", joinedSeq: 3 };
const late: Present = { userId: "abe", role: "MEMBER", joinedSeq: 9 };

test("who is in a group already does not come again", () => {
  expect(notYetMembers([owner, early], ["bob", "cy", "cy", "ada"])).toEqual(["cy"]);
});

test("a group whose last owner leaves goes to whoever has been in it longest", () => {
  expect(nextOwner([owner, late, early], "ada")).toBe("bob");
  expect(nextOwner([owner, { ...early, role: "OWNER" }], "ada")).toBeNull();
  expect(nextOwner([owner, early], "bob")).toBeNull();
  expect(nextOwner([owner], "ada")).toBeNull();
});
