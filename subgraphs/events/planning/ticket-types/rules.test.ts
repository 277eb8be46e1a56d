// Guarantees about ticket types that are made and changed.
import { describe, expect, test } from "vitest";
import { judgeType, movedTo, typeMistakes } from "./rules.ts";

const kept = (quota: number, nameKey = "vip") => ({ nameKey, quota, isReserved: true });

describe("a type that sets seats aside", () => {
  test("leaves no less than none to the others", () => {
    const others = [kept(6, "press"), { nameKey: "open", quota: 9, isReserved: false }];
    const judged = (quota: number) => judgeType(kept(quota), { before: null, others }, 10);
    expect(judged(4)).toEqual({ kind: "fits" });
    expect(judged(5)).toEqual({ kind: "tooManySetAside", capacity: 10, seatsSetAside: 6 });
  });

  test("may be changed at an event that has become too small, if it sets no more aside", () => {
    const others = [kept(6, "press")];
    const judged = (quota: number) => judgeType(kept(quota), { before: kept(4), others }, 5).kind;
    expect([3, 4, 5].map(judged)).toEqual(["fits", "fits", "tooManySetAside"]);
  });
});

const NO_CODE = { isGiven: false, isEmpty: false, isStored: false };

test.each([
  ["seats set aside without a quota", { isReserved: true }, { isGiven: false }, "quota"],
  ["a hidden type without a code", { isHidden: true }, { isGiven: false }, "code"],
  ["a code that nobody needs", {}, { isGiven: true }, "code"],
  ["a code that shows nothing", { isHidden: true }, { isGiven: true, isEmpty: true }, "code"],
])("%s is a mistake", (_what, fields, code, field) => {
  const type = { name: "VIP", description: null, priceMinor: null, currency: null, quota: null };
  const open = { isReserved: false, isHidden: false, partySizeMax: null };
  const mistakes = typeMistakes({ ...type, ...open, ...fields }, { ...NO_CODE, ...code });
  expect(mistakes.map((mistake) => mistake.field)).toEqual([field]);
});

test("a type moves to any place, and the others keep their order", () => {
  const ids = ["a", "b", "c"];
  expect(movedTo(ids, "a", 1)).toEqual(["b", "a", "c"]);
  expect(movedTo(ids, "a", 9)).toEqual(["b", "c", "a"]);
  expect(movedTo(ids, "c", 0)).toEqual(["c", "a", "b"]);
});
