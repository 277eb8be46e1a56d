// Guarantees about where the streams of an inbox begin.
import { expect, test } from "vitest";
import { beginningOf, repeatedAt } from "./rules.ts";

const streams = [
  { streamId: "a", head: 9, position: 4 },
  { streamId: "b", head: 0, position: 0 },
];

test("a stream begins where the client says, else where it was left, and no other name counts", () => {
  expect(beginningOf(streams, [{ streamId: "c", seq: 99 }])).toEqual({
    kind: "begin",
    positions: [
      { streamId: "a", seq: 4 },
      { streamId: "b", seq: 0 },
    ],
  });
  const named = [{ streamId: "a", seq: 9 }];
  expect(beginningOf(streams, named)).toMatchObject({ positions: [{ seq: 9 }, { seq: 0 }] });
  expect(beginningOf(streams, [{ streamId: "a", seq: 0 }])).toMatchObject({
    positions: [{ seq: 0 }, { seq: 0 }],
  });
});

test("no stream begins beyond its end", () => {
  const named = [
    { streamId: "a", seq: 9 },
    { streamId: "b", seq: 1 },
  ];
  expect(beginningOf(streams, named)).toEqual({ kind: "beyond", streamId: "b", seq: 1, head: 0 });
});

test("a list names each stream once", () => {
  const list = (names: string) => [...names].map((streamId, seq) => ({ streamId, seq }));
  expect(repeatedAt(list("abc"))).toBe(-1);
  expect(repeatedAt(list("abcba"))).toBe(3);
  expect(repeatedAt([])).toBe(-1);
});
