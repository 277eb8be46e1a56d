// Guarantees about which message has a thread.
import { expect, test } from "vitest";
import { judgeRoot } from "./rules.ts";

test("a message of the main timeline begins a thread, and a reply of a thread does not", () => {
  expect(judgeRoot({ threadRootId: null })).toEqual({ kind: "root" });
  expect(judgeRoot({ threadRootId: "m" })).toEqual({ kind: "nested" });
});
