// Guarantees about the place of happenings among messages.
import { expect, test } from "vitest";
import { type Happening, placedHappenings, shownHappenings } from "./happenings.ts";

const messagesAt = (...seqs: number[]) => seqs.map((seq) => ({ seq })) as never;
const happeningsAt = (...seqs: number[]) => seqs.map((seq) => ({ seq })) as unknown as Happening[];

function places(messages: number[], happenings: number[], hasLater = false) {
  const placed = placedHappenings({
    messages: messagesAt(...messages),
    happenings: happeningsAt(...happenings),
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
])("%s", (_where, messages, happenings, expected) => {
  expect(places(messages, happenings)).toEqual(expected);
});

test("behind the last message that is here they wait for the next one", () => {
  expect(places([2, 4], [1, 5], true)).toEqual({ 0: [1] });
});

test("nobody joins or leaves a direct conversation", () => {
  const kinds = ["MembersHappening", "PinHappening"] as const;
  const happenings = kinds.map((__typename) => ({ __typename })) as unknown as Happening[];
  expect(shownHappenings(happenings, true)).toEqual(happenings);
  expect(shownHappenings(happenings, false)).toEqual([{ __typename: "PinHappening" }]);
});
