// Guarantees of the fold: pairs of texts in many scripts that are the same, or are not.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { FOLD_VERSION, fold, wordIndexOf, wordPatterns, wordsOf } from "#kit/input/fold";

/** The results of all pairs. */
const HASH = "0d5fd6f64f348f8291bb4134daef3ba882ad8873ecae189e7835d3c1f332a1d7";

type Pairs = readonly (readonly [script: string, a: string, b: string])[];

const EQUAL: Pairs = [
  ["Latin", "Zürich", "ZURICH"],
  ["Latin", "Café", "Cafe\u0301"],
  ["Latin", "œuvre", "Oeuvre"],
  ["Latin", "Ærø", "aero"],
  ["Latin", "Łódź", "lodz"],
  ["Latin", "Đorđe", "dorde"],
  ["Latin", "Straße", "STRASSE"],
  ["Latin", "STRAẞE", "straße"],
  ["Latin", "İstanbul", "istanbul"],
  ["Latin", "ışık", "IŞIK"],
  ["Latin", "Þórður", "thordur"],
  ["Latin", "Ħal Għargħur", "hal gharghur"],
  ["Latin", "Việt Nam", "viet nam"],
  ["Latin", "ﬁlm", "film"],
  ["Latin", "Ｆｕｌｌ", "full"],
  ["Latin", "Zu\u00adrich", "Zurich"],
  ["Latin", "ſtadt", "Stadt"],
  ["Latin", "Kelvin", "\u212aelvin"],
  ["Latin", "Dž", "ǅ"],
  ["Greek", "Αθήνα", "ΑΘΗΝΑ"],
  ["Greek", "Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"],
  ["Greek", "ἄνθρωπος", "ανθρωποσ"],
  ["Greek", "ᾳ", "α"],
  ["Greek", "Ωμέγα", "\u2126μεγα"],
  ["Cyrillic", "Ёлка", "елка"],
  ["Cyrillic", "ё", "е\u0308"],
  ["Cyrillic", "МОСКВА", "москва"],
  ["Cyrillic", "Чайка", "ЧАИ\u0306КА"],
  ["Armenian", "Երևան", "ԵՐԵՒԱՆ"],
  ["Georgian", "თბილისი", "ᲗᲑᲘᲚᲘᲡᲘ"],
  ["Arabic", "مُحَمَّد", "محمد"],
  ["Arabic", "مـحـمـد", "محمد"],
  ["Arabic", "ﷲ", "الله"],
  ["Arabic", "ﻻ", "لا"],
  ["Arabic", "می‌خواهم", "میخواهم"],
  ["Arabic", "أ", "ا\u0654"],
  ["Hebrew", "שָׁלוֹם", "שלום"],
  ["Hebrew", "\ufb2a", "ש"],
  ["Devanagari", "क़लम", "क\u093cलम"],
  ["Devanagari", "क्‍ष", "क्ष"],
  ["Bengali", "ো", "ো"],
  ["Tamil", "கொ", "கொ"],
  ["Thai", "น้ำ", "น้ํา"],
  ["Katakana", "ｶﾞﾗｽ", "ガラス"],
  ["Katakana", "カ\u3099ラス", "ガラス"],
  ["Hiragana", "は\u309aん", "ぱん"],
  ["Han", "神\ufe00", "神"],
  ["Han", "\uf9dc", "隆"],
  ["Hangul", "한국", "한국"],
  ["Ethiopic", "አዲስ አበባ", "አዲስ\u00a0አበባ"],
];

const UNEQUAL: Pairs = [
  ["Latin", "Zurich", "Zuerich"],
  ["Latin", "C", "C#"],
  ["Latin", "resume", "resumes"],
  ["Greek", "νόμος", "νομός\u03b1"],
  ["Cyrillic", "май", "маи"],
  ["Cyrillic", "її", "іі"],
  ["Cyrillic", "ў", "у"],
  ["Cyrillic", "а", "a"],
  ["Arabic", "أ", "ا"],
  ["Arabic", "ي", "ى"],
  ["Hebrew", "כ", "ך"],
  ["Devanagari", "कला", "कल"],
  ["Devanagari", "दिन", "दीन"],
  ["Devanagari", "हिंदी", "हिदी"],
  ["Bengali", "কলা", "কল"],
  ["Tamil", "கல்", "கல"],
  ["Telugu", "కల", "కలా"],
  ["Thai", "ไก่", "ไก"],
  ["Thai", "ที่", "ที"],
  ["Katakana", "ガラス", "カラス"],
  ["Katakana", "パン", "バン"],
  ["Hiragana", "かき", "かぎ"],
  ["Hiragana", "ひらがな", "ヒラガナ"],
  ["Han", "東京", "东京"],
  ["Hangul", "각", "갂"],
  ["Khmer", "កា", "ក"],
  ["Myanmar", "ကို", "က"],
];

describe("have the same fold:", () => {
  it.each(EQUAL)("%s: %s and %s", (_, a, b) => {
    expect(fold(a)).toBe(fold(b));
  });
});

describe("have different folds:", () => {
  it.each(UNEQUAL)("%s: %s and %s", (_, a, b) => {
    expect(fold(a)).not.toBe(fold(b));
  });
});

test("the pairs are from many scripts", () => {
  expect(EQUAL.length + UNEQUAL.length).toBeGreaterThanOrEqual(60);
  expect(new Set([...EQUAL, ...UNEQUAL].map(([script]) => script)).size).toBeGreaterThan(14);
});

test("a changed result needs a new version: raise FOLD_VERSION together with the hash", () => {
  const texts = [...EQUAL, ...UNEQUAL].flatMap(([, a, b]) => [a, b]);
  const results = texts.map((text) => [fold(text), wordIndexOf([text]), wordPatterns(text)]);
  const hash = createHash("sha256").update(JSON.stringify(results)).digest("hex");
  expect({ version: FOLD_VERSION, hash }).toEqual({ version: 1, hash: HASH });
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        ..."aßıİеёЕиκςΣαإاשカ",
        ..."\u0301\u0308\u0306\u0345\u0640\u064b\u0653\u05b0\u200d\u20dd\u3099\u034f\u093c",
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join("")),
);

test("folding twice changes nothing more, and no text makes the fold throw", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = fold(text);
      expect(fold(once)).toBe(once);
      expect(once.normalize("NFC")).toBe(once);
    }),
    { numRuns: 20_000 },
  );
});

test("a text has one fold in all normal forms and in capitals", () => {
  const text = fc.constantFrom(...EQUAL.flatMap(([, a, b]) => [a, b]));
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const whole = texts.join(" ");
      for (const form of ["NFC", "NFD", "NFKC", "NFKD"]) {
        expect(fold(whole.normalize(form))).toBe(fold(whole));
      }
      expect(fold(whole.toUpperCase().normalize("NFD"))).toBe(fold(whole.toUpperCase()));
    }),
  );
});

describe("a search", () => {
  const finds = (search: string, ...texts: string[]) => {
    const patterns = wordPatterns(search);
    const index = wordIndexOf(texts);
    return patterns.length > 0 && patterns.every((pattern) => index.includes(pattern));
  };

  it.each([
    ["Zurich", "Café Zürich"],
    ["zürich CAFE", "Café Zürich"],
    ["cafe zur", "Café Zürich"],
    ["oeuvre", "Une œuvre d’art"],
    ["l'œuvre", "L’OEUVRE"],
    ["z", "Café Zürich"],
    ["node.js", "A night of Node.js"],
    ["js", "A night of Node.js"],
    ["night", "GraphQL_night"],
    ["c++ meet", "Meeting on C++"],
    ["c#", "C# und mehr"],
    ["学習", "機械学習の夜"],
    ["meetup", "東京meetup"],
    ["東京 meet", "meetup 東京都"],
    ["ยา", "วิทยาศาสตร์"],
    ["🎉", "Party🎉!"],
    ["«zürich»!", "Zürich, Café"],
    ["श्री", "श्रीनगर"],
  ])("for %s finds %s", (search, text) => {
    expect(finds(search, text)).toBe(true);
  });

  it.each([
    ["urich", "Café Zürich"],
    ["caf zurich", "Café Zürich"],
    ["zurich bern", "Café Zürich"],
    ["c++", "C and D"],
    ["カラス", "ガラス"],
    ["कला", "कल"],
    ["%", "100%"],
    ["_", "snake_case"],
    ["!?", "What!?"],
  ])("for %s does not find %s", (search, text) => {
    expect(finds(search, text)).toBe(false);
  });

  test("finds words from all texts of a row, and no word that spans two of them", () => {
    expect(finds("night rust", "Rust", "Night")).toBe(true);
    expect(finds("rustnight", "Rust", "Night")).toBe(false);
  });

  test("finds every text by its own words in reverse, and contains no wildcard", () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: "grapheme" }), (text, other) => {
        const words = wordsOf(`${text} ${other}`);
        if (words.length === 0) return;
        expect(finds(words.toReversed().join(" "), text, other)).toBe(true);
        expect(wordPatterns(`${text}%_\\${other}`).join("")).not.toMatch(/[%_\\]/);
      }),
      { numRuns: 2_000 },
    );
  });
});
