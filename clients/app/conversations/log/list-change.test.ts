// Guarantees about how a change of the messages is recognised.
import { expect, test } from "vitest";
import { changeOf, indexFrom, indexOfSeq } from "./list-change.ts";

function messages(...seqs: number[]): { readonly seq: number }[] {
  return seqs.map((seq) => ({ seq }));
}

test("messages behind the last one change nothing in front", () => {
  expect(changeOf(messages(3, 4), messages(3, 4, 6))).toBe("same");
  expect(changeOf(messages(3, 4), messages(3, 4))).toBe("same");
  expect(changeOf([], messages(3, 4))).toBe("same");
});

test("a page in front is one, with and without messages behind it", () => {
  expect(changeOf(messages(3, 4), messages(1, 3, 4))).toBe("earlier");
  expect(changeOf(messages(3, 4), messages(1, 3, 4, 5))).toBe("earlier");
});

test("messages of another place are recognised, also when they overlap", () => {
  expect(changeOf(messages(3, 4, 5), messages(8, 9))).toBe("other");
  expect(changeOf(messages(3, 4, 5), messages(1, 3, 4))).toBe("other");
  expect(changeOf(messages(3, 4, 5), messages(4, 5, 6))).toBe("other");
  expect(changeOf(messages(3, 4, 5), [])).toBe("other");
});

test("a message is found by its position, and the next one where there is a hole", () => {
  const all = messages(2, 3, 7, 9);
  expect([1, 2, 3, 4, 7, 8, 9, 10].map((seq) => indexFrom(all, seq))).toEqual([
    0, 0, 1, 2, 2, 3, 3, 4,
  ]);
  expect([2, 4, 9, 10].map((seq) => indexOfSeq(all, seq))).toEqual([0, -1, 3, -1]);
  expect(indexOfSeq([], 1)).toBe(-1);
});
