// Guarantees about the form of ticket types before it is sent.
import { expect, test } from "vitest";
import { draftOf, fieldsOf, mistakesIn, NEW_TYPE, patchOf, type TypeDraft } from "./draft.ts";

const draft: TypeDraft = { ...NEW_TYPE, name: "Students" };
const mistakesOf = (change: Partial<TypeDraft>) => mistakesIn({ ...draft, ...change }, false);

test("a type with a name alone is free, open and unlimited", () => {
  expect(mistakesOf({})).toEqual({});
  expect(fieldsOf(draft)).toEqual({
    name: "Students",
    description: null,
    price: null,
    quota: null,
    partySizeMax: null,
    isReserved: false,
    isHidden: false,
  });
});

test("a type that is there comes back from the form as it was, and only changes are sent", () => {
  const type = fieldsOf({ ...draft, amount: "7.5", quota: "10", isReserved: "on", isHidden: "on" });
  expect(fieldsOf(draftOf(type))).toEqual(type);
  expect(patchOf(type, { ...type })).toEqual({});
  expect(patchOf(type, fieldsOf({ ...draftOf(type), amount: "", quota: "12" }))).toEqual({
    price: null,
    quota: 12,
  });
});

test("each mistake is at its field, all of them at once", () => {
  expect(mistakesOf({ name: " ", amount: "free", quota: "0", partySizeMax: "101" })).toEqual({
    name: "required",
    amount: "amount",
    quota: "quota",
    partySizeMax: "partySizeMax",
  });
  expect(mistakesOf({ isReserved: "on" })).toEqual({ quota: "reserve" });
});

test("a hidden type has a code, which stays when none is written", () => {
  expect(mistakesOf({ isHidden: "on" })).toEqual({ code: "code" });
  expect(mistakesOf({ isHidden: "on", code: "short" })).toEqual({ code: "code" });
  expect(mistakesOf({ isHidden: "on", code: "long enough" })).toEqual({});
  expect(mistakesIn({ ...draft, isHidden: "on" }, true)).toEqual({});
});
