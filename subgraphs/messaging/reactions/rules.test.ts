// Guarantees about how many kinds of reactions a message has, in all and from one person.
import { expect, test } from "vitest";
import { judgeReaction, KINDS_MAX, OWN_KINDS_MAX } from "./rules.ts";

const message = { body: "hello" };
const kinds = (count: number, isViewerAmong: boolean) =>
  Array.from({ length: count }, (_, at) => ({ emoji: `${at}`, isViewerAmong }));

test("a message has a bounded number of kinds, and any number of people may give each", () => {
  const full = kinds(KINDS_MAX, false);
  expect(judgeReaction(message, full, "new")).toEqual({ kind: "tooMany", kindsMax: KINDS_MAX });
  expect(judgeReaction(message, full, "3")).toEqual({ kind: "add" });
  expect(judgeReaction({ body: null }, [], "3")).toEqual({ kind: "deleted" });
});

test("one person gives a bounded number of kinds, also of kinds that exist", () => {
  const refused = { kind: "tooManyOwn", ownKindsMax: OWN_KINDS_MAX };
  const own = kinds(OWN_KINDS_MAX, true);
  expect(judgeReaction(message, own, "new")).toEqual(refused);
  const others = [...own, { emoji: "there", isViewerAmong: false }];
  expect(judgeReaction(message, others, "there")).toEqual(refused);
  expect(judgeReaction(message, own, "3")).toEqual({ kind: "same" });
  expect(judgeReaction(message, own.slice(1), "new")).toEqual({ kind: "add" });
});
