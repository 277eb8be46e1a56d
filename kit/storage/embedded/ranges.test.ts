// Ranges of an object, at their limits.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rangeOf } from "#kit/storage/embedded/ranges";

describe("of ten bytes, the range", () => {
  it.each([
    ["bytes=0-0", { start: 0, end: 0 }],
    ["bytes=2-5", { start: 2, end: 5 }],
    ["bytes=9-", { start: 9, end: 9 }],
    ["bytes=4-99", { start: 4, end: 9 }],
    ["bytes=-3", { start: 7, end: 9 }],
    ["bytes=-99", { start: 0, end: 9 }],
    ["bytes=10-", "outside"],
    ["bytes=10-12", "outside"],
    ["bytes=-0", "outside"],
    [undefined, null],
    ["bytes=-", null],
    ["bytes=5-2", null],
    ["bytes=0-1,4-5", null],
    ["items=0-1", null],
    ["bytes=0x1-2", null],
    ["bytes=1e3-", null],
  ])("%s is %j", (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range);
  });
});

it("a range is never outside of the object", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1 }), (first, last, bytes) => {
      for (const header of [`bytes=${first}-${last}`, `bytes=${first}-`, `bytes=-${last}`]) {
        const range = rangeOf(header, bytes);
        if (range === null || range === "outside") continue;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(bytes);
      }
    }),
  );
});

it("nothing of an empty object can be asked for", () => {
  for (const header of ["bytes=0-0", "bytes=0-", "bytes=-1"]) {
    expect(rangeOf(header, 0)).toBe("outside");
  }
});
