// Guarantees about two people who change the details of a group at once: no change is lost, and
// none is overwritten unseen.
import { expect, it } from "vitest";
import { conflictsOf, type Details, detailsOf, wishOf } from "./draft.ts";

const BASE: Details = {
  title: "Talk",
  description: "",
  posting: "EVERYONE",
  adding: "ADMINS",
  pinning: "EVERYONE",
  history: "WHOLE",
  editHistory: "MEMBERS",
};

it("only what is wanted otherwise than it is goes to the server", () => {
  expect(wishOf(BASE, {})).toEqual({});
  expect(wishOf(BASE, { title: "Talk", posting: "ADMINS" })).toEqual({ posting: "ADMINS" });
});

it("a field that somebody else changed is a conflict where the person wants another value", () => {
  const theirs = { ...BASE, title: "Chat", history: "FROM_JOINING" } as const;
  expect(conflictsOf(BASE, theirs, { title: "Words", posting: "ADMINS" })).toEqual(["title"]);
  expect(conflictsOf(BASE, theirs, { title: "Chat" })).toEqual([]);
  expect(conflictsOf(BASE, BASE, { title: "Words" })).toEqual([]);
  expect(wishOf(theirs, { posting: "ADMINS" })).toEqual({ posting: "ADMINS" });
});

it("a missing description is an empty one", () => {
  const { title: _, description: __, ...settings } = BASE;
  expect(detailsOf({ title: "Talk", description: null }, settings)).toEqual(BASE);
});
