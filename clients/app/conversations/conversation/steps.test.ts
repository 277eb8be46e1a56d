// Guarantees about the steps from one state of the screen to the next.
import type { ConversationState } from "@meetinity/client";
import { expect, test } from "vitest";
import { stepTo } from "./steps.ts";

type Shown = Pick<ConversationState, "messages" | "outgoing" | "hasLater">;

function state(seqs: readonly number[], { outgoing = 0, hasLater = false } = {}): Shown {
  return {
    messages: seqs.map((seq) => ({ seq })) as unknown as Shown["messages"],
    outgoing: Array.from({ length: outgoing }, () => ({})) as unknown as Shown["outgoing"],
    hasLater,
  };
}

const seqsOf = ({ messages }: Shown) => messages.map(({ seq }) => seq);

test("rows that come on one side are shown at once", () => {
  const shown = state([3, 4]);
  for (const next of [state([1, 2, 3, 4]), state([3, 4, 5]), state([9, 10]), state([])]) {
    expect(stepTo(shown, next)).toBe(next);
  }
});

test("rows that come on both sides are shown first in front and then behind", () => {
  const next = state([1, 2, 3, 4, 5, 6]);
  const first = stepTo(state([3, 4]), next);
  expect(seqsOf(first)).toEqual([1, 2, 3, 4]);
  expect(stepTo(first, next)).toBe(next);
});

test("a message that is sent or arrives together with earlier ones waits for its turn", () => {
  const next = state([1, 3, 4], { outgoing: 1 });
  const first = stepTo(state([3, 4]), next);
  expect(first.outgoing).toEqual([]);
  expect(stepTo(first, next)).toBe(next);

  const arrived = state([1, 3, 4, 5]);
  const before = stepTo(state([3, 4], { outgoing: 1 }), arrived);
  expect([seqsOf(before), before.outgoing.length]).toEqual([[1, 3, 4], 1]);
  expect(stepTo(before, arrived)).toBe(arrived);
});
