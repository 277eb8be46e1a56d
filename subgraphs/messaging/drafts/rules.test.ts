// Guarantees about drafts: the later version is never overwritten unseen.
import { expect, test } from "vitest";
import { judgeDraft } from "./rules.ts";

const stored = { body: "Hello", replyToId: null, version: 3 };
const wish = { body: "Hello all", replyToId: null, expectedVersion: 3 };

test.each([
  ["of the version that one saw", stored, wish, "save"],
  ["of an older version", stored, { ...wish, expectedVersion: 2 }, "stale"],
  ["with the same text", stored, { ...wish, body: "Hello", expectedVersion: 1 }, "same"],
  ["with another reply", stored, { ...wish, body: "Hello", replyToId: "m1" }, "save"],
  ["that is the first one", null, { ...wish, expectedVersion: 0 }, "save"],
  ["that was there before, and is gone", null, wish, "stale"],
] as const)("a draft %s", (_, before, wanted, verdict) => {
  expect(judgeDraft(before, wanted)).toBe(verdict);
});
