// Guarantees about base32: the vectors of RFC 4648, and one text for each sequence of bytes.
import fc from "fast-check";
import { expect, test } from "vitest";
import { base32, fromBase32 } from "./base32.ts";

test.each([
  ["", ""],
  ["f", "MY"],
  ["fo", "MZXQ"],
  ["foo", "MZXW6"],
  ["foob", "MZXW6YQ"],
  ["fooba", "MZXW6YTB"],
  ["foobar", "MZXW6YTBOI"],
])("%j is %j, both ways", (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded);
  expect(Buffer.from(fromBase32(encoded) ?? [0]).toString()).toBe(text);
});

test("bytes come back, and no other text stands for them", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), fc.nat(31), (bytes, at, digit) => {
      const text = base32(bytes);
      expect(fromBase32(text)).toEqual(Uint8Array.from(bytes));
      const place = at % (text.length + 1);
      const other =
        text.slice(0, place) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[digit] + text.slice(place + 1);
      if (other !== text) expect(fromBase32(other)).not.toEqual(Uint8Array.from(bytes));
    }),
  );
});

test.each(["M", "MZX", "MZXW6Y", "mY", "M1", "MY======", " MY", "MZ"])("%j is none", (text) => {
  expect(fromBase32(text)).toBeNull();
});
