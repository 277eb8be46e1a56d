// Guarantees about the close reason for a repeated id: it contains the id if that fits in the bytes
// that WebSocket allows.
import { expect, test } from "vitest";
import { CLOSINGS, idInUse } from "./closings.ts";

test.each([
  ["93 letters", "x".repeat(93), true],
  ["94 letters", "x".repeat(94), false],
  ["46 letters of two bytes", "é".repeat(46), true],
  ["47 letters of two bytes", "é".repeat(47), false],
  ["31 halves of letters", "\ud83c".repeat(31), true],
  ["32 halves of letters", "\ud83c".repeat(32), false],
])("an id of %s is in the reason if it fits", (_what, id, isNamed) => {
  const reason = isNamed ? `Subscriber for ${id} already exists` : CLOSINGS.idInUse.reason;
  expect(idInUse(id)).toEqual({ code: 4409, reason });
});
