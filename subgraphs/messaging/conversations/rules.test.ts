// Guarantees about who is in a new conversation.
import { expect, test } from "vitest";
import { firstMembersOf, pairOf } from "./rules.ts";

test("two people are the same pair, whoever asks", () => {
  expect(pairOf("b", "a")).toEqual({ pairLow: "a", pairHigh: "b" });
  expect(pairOf("a", "b")).toEqual(pairOf("b", "a"));
});

test("everybody is in a new group once, and who makes it owns it", () => {
  expect(firstMembersOf("a", ["b", "a", "b", "c"])).toEqual([
    { userId: "a", role: "OWNER" },
    { userId: "b", role: "MEMBER" },
    { userId: "c", role: "MEMBER" },
  ]);
});
