// Guarantees about frames that are written in parts. Whole messages are tested by the conformance
// suite of the protocol.
import { expect, test } from "vitest";
import { BEHIND_PAYLOAD, beforePayload, next } from "./messages.ts";

test.each(["1", "0b5c-4d", 'a "quoted" \\ id', "Zoë", "日本", "😀", "\u0000\u2028", ""])(
  "a frame in parts says what a whole one says, in ASCII up to its payload, for the id %j",
  (id) => {
    const payload = { data: { name: "Zoë" } };
    const before = beforePayload(id);
    expect(JSON.parse(`${before}${JSON.stringify(payload)}${BEHIND_PAYLOAD}`)).toEqual(
      JSON.parse(next(id, payload)),
    );
    expect(Buffer.byteLength(before)).toBe(before.length);
  },
);
