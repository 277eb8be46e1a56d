// Guarantees about the parts of a message's text.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BodyMentions, partsOf } from "./body-parts.ts";

const user = { __typename: "User", id: "ada", displayName: "Ada" } as const;
const mention = (start: number, length: number) =>
  ({ __typename: "Mention", user, start, length }) as const;

test("mentions and links are parts of their own", () => {
  const named = { mentions: [mention(3, 4)], isMentioningAll: true };
  const parts = partsOf("Hi @Ada and @all: https://a.test", named);
  expect(parts.map(({ text, href, mentioned }) => [text, href ?? mentioned])).toEqual([
    ["Hi ", undefined],
    ["@Ada", { userId: "ada", isAll: false }],
    [" and ", undefined],
    ["@all", { userId: null, isAll: true }],
    [": ", undefined],
    ["https://a.test", "https://a.test"],
  ]);
});

test("the word for all is a word like any other where it mentions nobody", () => {
  expect(partsOf("@all", { mentions: [], isMentioningAll: false })).toEqual([
    { at: 0, text: "@all" },
  ]);
});

test("the parts together are the text, whatever mentions it has", () => {
  const aMention = fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 9 }));
  const body = fc.string({ unit: "grapheme", maxLength: 30 });
  fc.assert(
    fc.property(body, fc.array(aMention), fc.boolean(), (text, places, isMentioningAll) => {
      const named: BodyMentions = {
        mentions: places.map(([start, length]) => mention(start, length)),
        isMentioningAll,
      };
      expect(
        partsOf(text, named)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
      expect(new Set(partsOf(text, named).map(({ at }) => at)).size).toBe(
        partsOf(text, named).length,
      );
    }),
  );
});
