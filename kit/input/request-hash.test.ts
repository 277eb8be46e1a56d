// Guarantees about the hashes that are stored beside idempotency keys.
import { expect, test } from "vitest";
import { requestHash } from "./request-hash.ts";

test("the hash of known values never changes, because hashes are stored", () => {
  expect(requestHash(["body", null, 2])).toBe("tFI-pZr5qQLAPZA0aVxA4to7mGEDdo01yMgnLb4QZA4");
});

test("values in another order, of another type or split elsewhere have other hashes", () => {
  const all = [["a", "b"], ["b", "a"], ["ab"], ["a", null], ["1"], [1]];
  expect(new Set(all.map(requestHash)).size).toBe(all.length);
});
