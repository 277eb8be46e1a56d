// Guarantees about the place of member changes among messages.
import { expect, test } from "vitest";
import { type MemberChange, placedChanges } from "./member-changes.ts";

const messagesAt = (...seqs: number[]) => seqs.map((seq) => ({ seq })) as never;
const changesAt = (...seqs: number[]) => seqs.map((seq) => ({ seq })) as unknown as MemberChange[];

function places(messages: number[], changes: number[], hasLater = false) {
  const placed = placedChanges({
    messages: messagesAt(...messages),
    memberChanges: changesAt(...changes),
    hasLater,
  });
  return Object.fromEntries([...placed].map(([at, found]) => [at, found.map(({ seq }) => seq)]));
}

test.each([
  ["above the first message", [3, 5], [1, 2], { 0: [1, 2] }],
  ["between two messages", [1, 4, 5], [2, 3], { 1: [2, 3] }],
  ["behind the last message", [1, 2], [3, 4], { 2: [3, 4] }],
  ["where there is no message", [], [1, 2], { 0: [1, 2] }],
  ["everywhere", [2, 4], [1, 3, 5], { 0: [1], 1: [3], 2: [5] }],
])("%s", (_where, messages, changes, expected) => {
  expect(places(messages, changes)).toEqual(expected);
});

test("behind the last message that is here they wait for the next one", () => {
  expect(places([2, 4], [1, 5], true)).toEqual({ 0: [1] });
});
