// Guarantees about what a person's own log says of threads: it is applied to their first messages.
import { expect, test } from "vitest";
import type { Message } from "./messages.ts";
import { isThreadUnread, withOwnMarks } from "./thread-marks.ts";

const thread: NonNullable<Message["thread"]> = {
  ...{ __typename: "Thread", rootId: "root", replyCount: 2, lastReplySeq: 5 },
  ...{ lastReplyAt: "2026-01-01T00:00:00.000Z", isFollowing: false, readSeq: 3 },
};
const [root, other] = [
  { id: "root", thread },
  { id: "other", thread: null },
] as unknown as readonly [Message, Message];

const marks = (reads: readonly [string, number][], follows: readonly [string, boolean][]) => ({
  reads: new Map(reads),
  follows: new Map(follows),
});

test("a thread is followed or not as the person chose last, and its position only grows", () => {
  const [first, second] = withOwnMarks([root, other], marks([["root", 2]], [["root", true]]));
  expect(first?.thread).toEqual({ ...thread, isFollowing: true });
  expect(second).toBe(other);
  const [read] = withOwnMarks([root], marks([["root", 5]], []));
  expect(read?.thread).toEqual({ ...thread, readSeq: 5 });
  expect(withOwnMarks([root], marks([], [["root", false]]))[0]).toBe(root);
  expect(withOwnMarks([root], marks([], []))[0]).toBe(root);
});

test("only a thread that is followed and has newer replies is unread", () => {
  expect(isThreadUnread(thread)).toBe(false);
  expect(isThreadUnread({ ...thread, isFollowing: true })).toBe(true);
  expect(isThreadUnread({ ...thread, isFollowing: true, readSeq: 5 })).toBe(false);
});
