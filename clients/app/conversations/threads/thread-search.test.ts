// Guarantees about the thread in the address of a conversation.
import { expect, test } from "vitest";
import { threadOf } from "./thread-search.ts";

test("the address names a thread by an id, and anything else is left out", () => {
  const thread = "01990000-0000-7000-8000-000000000001";
  expect(threadOf({ thread, list: "unread" })).toEqual({ thread });
  expect(threadOf({})).toEqual({});
  expect(threadOf({ thread: 7 })).toEqual({});
  expect(threadOf({ thread: "" })).toEqual({});
  expect(threadOf({ thread: "a/../b" })).toEqual({});
});
