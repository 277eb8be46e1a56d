// Guarantees about decisions by what is in view.
import { expect, test } from "vitest";
import { isAtEnd, nearEdges, sticks } from "./view.ts";

const END = { offset: 1_500, height: 500, size: 2_000 };

test("near the end is at the end", () => {
  expect(isAtEnd(END)).toBe(true);
  expect(isAtEnd({ ...END, offset: 1_460 })).toBe(true);
  expect(isAtEnd({ ...END, offset: 1_400 })).toBe(false);
});

test("a log at its end stays there when it grows", () => {
  expect(sticks(true, END, { ...END, size: 2_300 })).toBe(true);
});

test("a log at its end stays there when the keyboard of a phone covers a part of it", () => {
  expect(sticks(true, END, { ...END, height: 250 })).toBe(true);
});

test("a log at its end stays there when a message becomes smaller", () => {
  expect(sticks(true, { ...END, size: 2_300 }, { offset: 1_450, height: 400, size: 2_000 })).toBe(
    true,
  );
});

test("a log at its end stays there when a message comes and the field below is smaller", () => {
  const after = { offset: 1_440, height: 560, size: 2_075 };
  expect(sticks(true, END, after)).toBe(true);
  expect(sticks(true, { ...END, height: 560 }, after)).toBe(true);
});

test("a reader who scrolls up leaves the end, and comes back to it", () => {
  const up = { ...END, offset: 1_300 };
  expect(sticks(true, END, up)).toBe(false);
  expect(sticks(false, up, { ...up, size: 2_300 })).toBe(false);
  expect(sticks(false, up, END)).toBe(true);
});

test("a reader who scrolls up leaves the end, also when rows above turn out smaller meanwhile", () => {
  expect(sticks(true, END, { offset: 1_340, height: 500, size: 1_940 })).toBe(false);
});

test("a short log is at both of its edges", () => {
  expect(nearEdges({ offset: 0, height: 500, size: 500 })).toEqual({ start: true, end: true });
  expect(nearEdges({ offset: 5_000, height: 500, size: 9_000 })).toEqual({
    start: false,
    end: false,
  });
});
