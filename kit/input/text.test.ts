// Guarantees about texts of people: which are refused, how they are shown, and how they are stored.
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bodyMistake, cleanLine, lineMistake, visibly } from "#kit/input/text";

describe("is invisible, alone or repeated, so it is neither a line nor a body:", () => {
  it.each([
    ["a zero width space", "\u200b"],
    ["a word joiner", "\u2060"],
    ["a joiner", "\u200d"],
    ["a non-joiner", "\u200c"],
    ["direction marks", "\u200e\u200f\u061c"],
    ["a soft hyphen", "\u00ad"],
    ["blank Braille", "\u2800"],
    ["a Hangul filler", "\u3164"],
    ["a half width Hangul filler", "\uffa0"],
    ["Hangul fillers of jamo", "\u115f\u1160"],
    ["a Mongolian vowel separator", "\u180e"],
    ["an invisible plus", "\u2064"],
    ["a grapheme joiner", "\u034f"],
    ["variation selectors", "\ufe0f\u{e0100}"],
    ["tag characters", "\u{e0041}\u{e0064}\u{e0061}"],
    ["an isolate of nothing", "\u2068\u2069"],
    ["an accent on nothing", "\u0301"],
    ["an object replacement", "\ufffc"],
    ["a null notehead", "\u{1d159}"],
    ["a blank hieroglyph", "\u{13441}"],
    ["private use", "\ue000"],
    ["a character that is none", "\uffff"],
    ["some of them, and spaces", " \u200b \u2800\u00ad "],
  ])("%s", (_, text) => {
    expect(lineMistake(text)).toBe("must hold something that can be seen");
    expect(lineMistake(text.repeat(3))).toBe("must hold something that can be seen");
    expect(bodyMistake(`${text}\n${text}`)).toBe("must hold something that can be seen");
    expect(lineMistake(`${text}x`)).toBeNull();
  });
});

describe("changes the direction of the text around it, so it is refused:", () => {
  it.each([
    ["an override to the left", "Ada\u202enimda"],
    ["an override to the right", "Ada\u202dadmin"],
    ["an override that ends", "\u202eAda\u202c"],
    ["an open isolate", "\u2066Ada"],
    ["the end of no isolate", "Ada\u2069"],
    ["an open embedding", "\u202bAda"],
    ["the end of no embedding", "Ada\u202c"],
    ["ends in the wrong order", "\u2067\u202aAda\u2069\u202c"],
    ["an isolate that the next paragraph ends", "\u2067Ada\nLovelace\u2069"],
  ])("%s", (_, text) => {
    const mistake =
      "must not override the reading direction, nor leave an isolate or embedding open";
    expect(bodyMistake(text)).toBe(mistake);
    if (!text.includes("\n")) expect(lineMistake(text)).toBe(mistake);
  });
});

describe("is not allowed anywhere in a line:", () => {
  it.each(["\n", "\r", "\r\n", "\t", "\v", "\f", "\u0085", "\u2028", "\u2029", "\u0007", "\u007f"])(
    "%j",
    (control) => {
      for (const text of [`Ada${control}Lovelace`, `Ada${control}`, `${control}Ada`, control]) {
        expect(lineMistake(text)).toContain("must be one line");
      }
    },
  );
});

test("a body may have line breaks and tabs, and no other control characters", () => {
  for (const text of ["a\nb", "a\r\n\tb", "\u2067שלום\u2069\n\u2067ada\u2069", "a\u2028b"]) {
    expect(bodyMistake(text)).toBeNull();
  }
  for (const control of ["\u0007", "\u001b", "\u007f", "\u0085", "\v", "\f"]) {
    expect(bodyMistake(`a${control}b`)).toBe("must not contain control characters");
  }
});

describe("is allowed in a line:", () => {
  it.each([
    "Ada Lovelace",
    "O’Brien-Łukasiewicz",
    "می‌خواهم",
    "श्री क्‍ष",
    "שלום\u200f (Shalom)",
    "\u2067עברית\u2069 in an isolate of its own",
    "\u2068a \u2067ב\u2069\u2069",
    "👩‍💻",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "東京",
    "ไทย",
    "ㅤa",
    "!",
    "1",
    "\u{1faef}",
  ])("%s", (text) => {
    expect(lineMistake(text)).toBeNull();
    expect(bodyMistake(text)).toBeNull();
  });
});

test("a text of white space only is a matter of the least length", () => {
  for (const text of ["", " ", "\u3000\u00a0"]) expect(lineMistake(text)).toBeNull();
  expect(bodyMistake(" \n\t ")).toBeNull();
});

test("invisible characters are shown by their codes, all else as it is", () => {
  expect(visibly("Ada\u202enimda \u200b\u{e0041}\0")).toBe(
    "Ada<U+202E>nimda <U+200B><U+E0041><U+0000>",
  );
  expect(visibly("Zürich, 東京 👍!")).toBe("Zürich, 東京 👍!");
});

test("a line is stored with single spaces, and keeps joiners and isolates", () => {
  expect(cleanLine("  Ada \u00a0\u3000 Lovelace ")).toBe("Ada Lovelace");
  expect(cleanLine("👩‍💻 می‌خواهم \u2068x\u2069")).toBe("👩‍💻 می‌خواهم \u2068x\u2069");
});

test("every text gets a verdict, and an accepted line is accepted in its stored form", () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.constantFrom("\u202b", "\u202c", "\u2067", "\u2069", "\u200b", "\n", " ", "a"),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (units) => {
      const text = units.join("");
      if (bodyMistake(text) !== null) expect(lineMistake(text)).not.toBeNull();
      if (lineMistake(text) === null) expect(lineMistake(cleanLine(text))).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});
