// Guarantees about the line above new messages.
import type { Message } from "@meetinity/client";
import { expect, test } from "vitest";
import { nextUnreadMark } from "./unread-mark.ts";

/** Messages 1 to 9; those of `own` are the viewer's, those of `deleted` have no text. */
function shown(readSeq: number, { own = [] as number[], deleted = [] as number[] } = {}) {
  const messages = Array.from({ length: 9 }, (_, at) => ({
    seq: at + 1,
    sender: { id: own.includes(at + 1) ? "me" : "grace" },
    deletedAt: deleted.includes(at + 1) ? "2026-11-29T10:00:00Z" : null,
  })) as unknown as readonly Message[];
  return { messages, readSeq, unreadCount: 9 - readSeq };
}

const IS_THERE = true;
const IS_AWAY = false;

test("the line stays while the reader is there", () => {
  expect(nextUnreadMark(3, shown(9), "me", IS_THERE)).toBe(3);
  expect(nextUnreadMark(3, shown(6), "me", IS_THERE)).toBe(3);
  expect(nextUnreadMark(null, shown(6), "me", IS_THERE)).toBeNull();
});

test("messages that arrive while the reader is away get a line", () => {
  expect(nextUnreadMark(null, shown(6), "me", IS_AWAY)).toBe(7);
  expect(nextUnreadMark(3, shown(6), "me", IS_AWAY)).toBe(7);
});

test("a line whose messages were not read stays while the reader is away", () => {
  expect(nextUnreadMark(5, shown(4), "me", IS_AWAY)).toBe(5);
});

test("own and deleted messages are not what is new", () => {
  expect(nextUnreadMark(null, shown(6, { own: [7], deleted: [8] }), "me", IS_AWAY)).toBe(9);
  expect(nextUnreadMark(null, shown(9), "me", IS_AWAY)).toBeNull();
});
