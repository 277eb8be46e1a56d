// Guarantees about the mentions of a text.
import fc from "fast-check";
import { expect, test } from "vitest";
import { areSame, faultOf } from "./rules.ts";

const at = (start: number, length: number, userId = "ada") => ({ userId, start, length });

test.each([
  ["without a mention", "hello", []],
  ["the whole text", "@Ada", [at(0, 4)]],
  ["neighbours", "@Ada@Bob", [at(4, 4, "bob"), at(0, 4)]],
  ["behind an emoji", "👋@Ada", [at(2, 4)]],
])("a text may have mentions: %s", (_name, body, mentions) => {
  expect(faultOf(body, mentions)).toBeNull();
});

test.each([
  ["beyond the text", "@Ada", [at(0, 5)], { at: 0, field: "length" }],
  ["overlapping", "@Ada Bob", [at(0, 5), at(4, 4)], { at: 1, field: "start" }],
  ["the same place twice", "@Ada", [at(0, 4), at(0, 4, "bob")], { at: 1, field: "start" }],
  ["a half of an emoji at the start", "👋@Ada", [at(1, 5)], { at: 0, field: "start" }],
  ["a half of an emoji at the end", "@Ada👋", [at(0, 5)], { at: 0, field: "start" }],
])("and none that is wrong: %s", (_name, body, mentions, fault) => {
  expect(faultOf(body, mentions)).toMatchObject(fault);
});

test("mentions that are accepted cut a text into whole characters", () => {
  const mention = fc.record({
    userId: fc.constant("ada"),
    start: fc.nat({ max: 12 }),
    length: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.array(mention), (body, mentions) => {
      if (faultOf(body, mentions)) return;
      for (const { start, length } of mentions) {
        expect(body.slice(start, start + length)).toHaveLength(length);
        const parts = [body.slice(0, start), body.slice(start, start + length)];
        expect(parts.every((part) => part.isWellFormed())).toBe(true);
      }
    }),
  );
});

test("the order of a list makes no difference", () => {
  expect(areSame([at(0, 4), at(5, 4, "bob")], [at(5, 4, "bob"), at(0, 4)])).toBe(true);
  expect(areSame([at(0, 4)], [at(0, 4, "bob")])).toBe(false);
  expect(areSame([], [at(0, 4)])).toBe(false);
});
