// Guarantees about skeletons: the examples of UTS 39, and names in other spellings.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looseSkeletonOf, skeletonOf } from "./skeleton.ts";

describe("texts that look alike have one skeleton", () => {
  test.each([
    ["paypal", "\u0440\u0430\u0443\u0440\u0430l", "Cyrillic letters"],
    ["scope", "\u0455\u0441\u043e\u0440\u0435", "Cyrillic letters only"],
    ["toys-r-us", "to\u0443s-r-us", "one Cyrillic letter"],
    ["desparejado", "desp\u03b1rejado", "a Greek letter"],
    ["modern", "modem", "rn and m"],
    ["Hello", "HeIlo", "l and I"],
    ["l00", "1OO", "digits and letters"],
    ["ad\u200bmin", "admin", "a zero-width space"],
    ["ad\u00admin", "admin", "a soft hyphen"],
    ["\u{1d5ba}\u{1d5bb}\u{1d5bc}", "abc", "mathematical letters"],
    ["caf\u00e9", "cafe\u0301", "composed and combining marks"],
    ["so\u0308s", "s\u00f6s", "the example of UTS 39 with a diaeresis"],
    ["ǉeto", "lјeto", "a digraph, as in UTS 39"],
  ])("%s and %s: %s", (one, other) => {
    expect(skeletonOf(one)).toBe(skeletonOf(other));
  });

  test.each([
    ["Ian", "ian"],
    ["cafe", "café"],
    ["ada", "bob"],
  ])("%s and %s differ", (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });
});

describe("names that read alike have one loose skeleton", () => {
  test.each([
    ["Ada Lovelace", "ADA LOVELACE"],
    ["Ada Lovelace", "Adа  Lovеlace"],
    ["Ada Lovelace", "Ada\u200b-Lovelace."],
    ["Ada Lovelace", "Ádà Lòvelåce"],
    ["Ada Lovelace", "Ada Iovelace"],
    ["Linus", "1inus"],
    ["Moderator", "rnoderator"],
    ["Moderator", "MODERAT0R"],
    ["Søren", "Soren"],
    ["Ｇｒａｃｅ", "Grace"],
    ["①②", "12"],
    ["कला", "कला\u200d"],
  ])("%s and %s", (one, other) => {
    expect(looseSkeletonOf(one)).toBe(looseSkeletonOf(other));
  });

  test.each([
    ["Ada", "Bob"],
    ["कला", "कल"],
    ["ガラス", "カラス"],
    ["★★", "★"],
    ["Ada", ""],
  ])("%s and %s differ", (one, other) => {
    expect(looseSkeletonOf(one)).not.toBe(looseSkeletonOf(other));
  });

  test("in any case, and with any signs between the letters", () => {
    const letters = fc.array(fc.constantFrom(..."abdghiklmnorsuvw01IOML"), { minLength: 1 });
    fc.assert(
      fc.property(letters, fc.constantFrom(" ", "-", ".", "\u200b", "_"), (name, sign) => {
        const skeleton = looseSkeletonOf(name.join(""));
        expect(looseSkeletonOf(name.join(sign))).toBe(skeleton);
        expect(looseSkeletonOf(name.join("").toUpperCase())).toBe(skeleton);
        expect(looseSkeletonOf(name.join("").toLowerCase())).toBe(skeleton);
      }),
    );
  });

  test("takes a few milliseconds at most for the longest name", () => {
    const name = "Ada rn\u0430\u{1d5ba}é Lovelace ".repeat(4).slice(0, 80);
    looseSkeletonOf(name);
    const startedAt = performance.now();
    for (let at = 0; at < 100; at += 1) looseSkeletonOf(name);
    expect((performance.now() - startedAt) / 100).toBeLessThan(50);
  });
});
