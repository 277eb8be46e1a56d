// Guarantees about lists of conversations: which rows they have, and what those ask for.
import { expect, test } from "vitest";
import type { ConversationFilter } from "./generated/operations.ts";
import { isListed, totalsOf } from "./inbox-lists.ts";
import type { InboxRow } from "./inbox-rows.ts";

const PLAIN = {
  ...{ id: "c", kind: "GROUP", isArchived: false, isHidden: false, isFavourite: false },
  ...{ isMuted: false, isMarkedUnread: false, unreadCount: 0, unreadMentions: 0 },
} as InboxRow;

const LISTS = ["ALL", "UNREAD", "FAVOURITE", "ARCHIVED", "GROUPS", "DIRECT"] as const;

const listsOf = (change: Partial<InboxRow>) =>
  LISTS.filter((list: ConversationFilter) => isListed({ ...PLAIN, ...change }, list));

test("a conversation is in the lists that its state says", () => {
  expect(listsOf({})).toEqual(["ALL", "GROUPS"]);
  expect(listsOf({ kind: "DIRECT" })).toEqual(["ALL", "DIRECT"]);
  expect(listsOf({ kind: "NOTE" })).toEqual(["ALL"]);
  expect(listsOf({ unreadCount: 1 })).toEqual(["ALL", "UNREAD", "GROUPS"]);
  expect(listsOf({ isMarkedUnread: true })).toEqual(["ALL", "UNREAD", "GROUPS"]);
  expect(listsOf({ isArchived: true, unreadCount: 1 })).toEqual(["ARCHIVED"]);
  expect(listsOf({ isArchived: true, isFavourite: true })).toEqual(["FAVOURITE", "ARCHIVED"]);
  expect(listsOf({ isHidden: true, isFavourite: true, isArchived: true })).toEqual([]);
});

test("the totals leave out what is muted, but for mentions, and what is not at hand", () => {
  const unread = { ...PLAIN, unreadCount: 3, unreadMentions: 1 };
  expect(totalsOf([unread, { ...PLAIN, isMarkedUnread: true }])).toEqual({
    totalUnread: 4,
    unreadMentions: 1,
  });
  expect(totalsOf([{ ...unread, isMuted: true }])).toEqual({ totalUnread: 0, unreadMentions: 1 });
  const away = [{ isArchived: true }, { isHidden: true }].map((each) => ({ ...unread, ...each }));
  expect(totalsOf(away)).toEqual({ totalUnread: 0, unreadMentions: 0 });
});
