// Guarantees about the positions at which the streams of an inbox start.
import { expect, test } from "vitest";
import { indexOfRepeat, knownPosition, startOf } from "./rules.ts";

const marked = { streamId: "a", head: 9, joinedSeq: 2, visibleFromSeq: 0, mark: 4 };
const unknown = { streamId: "b", head: 6, joinedSeq: 3, visibleFromSeq: 0, mark: null };
const nothingNew = () => false;

test("a stream starts where the client says, else behind the mark, else at its head", () => {
  const stranger = [{ streamId: "c", seq: 99 }];
  expect(startOf([marked, unknown], stranger, nothingNew)).toEqual({
    kind: "begin",
    positions: [
      { streamId: "a", seq: 4 },
      { streamId: "b", seq: 6 },
    ],
    isContinued: false,
  });
  for (const seq of [0, 3, 9]) {
    const named = [{ streamId: "a", seq }];
    expect(startOf([marked], named, nothingNew)).toMatchObject({ positions: named });
  }
});

test("a conversation whose adding entry comes next starts with it", () => {
  expect(startOf([marked, unknown], [], (streamId) => streamId === "b")).toMatchObject({
    positions: [{ seq: 4 }, { seq: 3 }],
    isContinued: true,
  });
  const isNew = () => true;
  expect(startOf([marked], [], isNew)).toMatchObject({ positions: [{ seq: 4 }] });
  expect(knownPosition(unknown, [])).toBeNull();
});

test("a position from before the viewer sees a stream is unknown: they joined it again", () => {
  const again = { ...marked, joinedSeq: 7, visibleFromSeq: 7 };
  expect(knownPosition(again, [])).toBeNull();
  expect(knownPosition(again, [{ streamId: "a", seq: 5 }])).toBeNull();
  expect(knownPosition(again, [{ streamId: "a", seq: 6 }])).toBe(6);
  expect(startOf([again], [], () => true)).toMatchObject({ positions: [{ seq: 7 }] });
  expect(startOf([again], [], nothingNew)).toMatchObject({
    positions: [{ seq: 9 }],
    isContinued: false,
  });
});

test("no stream starts beyond its end", () => {
  const named = [
    { streamId: "a", seq: 9 },
    { streamId: "b", seq: 7 },
  ];
  expect(startOf([marked, unknown], named, nothingNew)).toEqual({
    kind: "beyond",
    streamId: "b",
    seq: 7,
    head: 6,
  });
});

test("a list names each stream at most once", () => {
  const list = (names: string) => [...names].map((streamId, seq) => ({ streamId, seq }));
  expect(indexOfRepeat(list("abc"))).toBe(-1);
  expect(indexOfRepeat(list("abcba"))).toBe(3);
  expect(indexOfRepeat([])).toBe(-1);
});
