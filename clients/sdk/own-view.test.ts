// Guarantees about what the viewer does not see any more: it is in no timeline and in no quote.
import { expect, test } from "vitest";
import { OwnView } from "./own-view.ts";
import type { Timeline } from "./timeline.ts";

const message = (seq: number, quoted?: number) => ({
  id: `m${seq}`,
  seq,
  replyTo: quoted === undefined ? null : { id: `m${quoted}`, seq: quoted },
});

const TIMELINE = {
  messages: [message(2), message(3, 1), message(5, 2)],
  happenings: [{ seq: 1 }, { seq: 4 }],
  earlierCursor: "before",
  laterCursor: null,
} as unknown as Timeline;

test("a timeline without anything hidden stays the same object", () => {
  const view = new OwnView();
  view.hide(7);
  expect(view.of(TIMELINE)).toBe(TIMELINE);
});

test("a hidden message is neither in the timeline nor in a quote; the rest stays", () => {
  const dropped: number[] = [];
  const view = new OwnView(({ seq }) => dropped.push(seq));
  view.hide(2);
  const { messages, happenings, earlierCursor } = view.of(TIMELINE);
  expect(messages).toEqual([message(3, 1), message(5)]);
  expect(dropped).toEqual([2]);
  expect([happenings, earlierCursor]).toEqual([TIMELINE.happenings, "before"]);
});

test("a cleared history has neither messages, quotes nor happenings, and nothing is before it", () => {
  const view = new OwnView();
  view.clear(3);
  view.clear(1);
  expect(view.of(TIMELINE)).toMatchObject({
    messages: [message(5)],
    happenings: [{ seq: 4 }],
    earlierCursor: null,
  });
  expect([view.sees(3), view.sees(4)]).toEqual([false, true]);
});

test("an event from before the cleared position changes nothing in an empty timeline", () => {
  const view = new OwnView();
  view.clear(9);
  expect(view.of(TIMELINE)).toMatchObject({ messages: [], happenings: [], earlierCursor: null });
});
