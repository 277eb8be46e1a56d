// Guarantees about what may be pinned.
import { expect, test } from "vitest";
import { judgePin, PINS_MAX } from "./rules.ts";

const message = { id: "m", body: "hello" };

test("a conversation has a bounded number of pins, each of another message that exists", () => {
  const full = Array.from({ length: PINS_MAX }, (_, at) => String(at));
  expect(judgePin(message, [])).toEqual({ kind: "pin" });
  expect(judgePin(message, full.slice(1))).toEqual({ kind: "pin" });
  expect(judgePin(message, full)).toEqual({ kind: "tooMany" });
  expect(judgePin(message, [...full.slice(1), "m"])).toEqual({ kind: "same" });
  expect(judgePin({ ...message, body: null }, [])).toEqual({ kind: "deleted" });
});
