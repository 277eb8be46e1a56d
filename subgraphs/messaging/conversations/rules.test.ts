// Guarantees about the members of a new conversation.
import { expect, test } from "vitest";
import { firstMembersOf, pairOf } from "./rules.ts";

test("two people are the same pair, whoever asks", () => {
  expect(pairOf("b", "a")).toEqual({ pairLow: "a", pairHigh: "b" });
  expect(pairOf("a", "b")).toEqual(pairOf("b", "a"));
});

test("each person is a member of a new group once, and its maker owns it", () => {
  expect(firstMembersOf("a", ["b", "a", "b", "c"])).toEqual([
    { userId: "a", role: "OWNER" },
    { userId: "b", role: "MEMBER" },
    { userId: "c", role: "MEMBER" },
  ]);
});
