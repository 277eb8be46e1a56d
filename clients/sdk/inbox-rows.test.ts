// Guarantees about the rows of the list: their order, and what an event says of one.
import { expect, test } from "vitest";
import { type InboxRow, sorted, withInboxEvent } from "./inbox-rows.ts";
import type { InboxEvent } from "./subscriptions.ts";

const ROW: InboxRow = {
  id: "c",
  kind: "GROUP",
  title: "Talk",
  members: [],
  lastSeq: 4,
  unreadCount: 1,
  activityAt: "2026-01-01T00:00:00.000Z",
  lastMessage: { __typename: "Message", seq: 3, body: "Hello", sender: null },
};

function event(__typename: string, seq: number, more: object = {}): InboxEvent {
  const createdAt = "2026-01-02T00:00:00.000Z";
  const actor = { id: "ada" };
  const base = { conversationId: "c", streamId: "conversation:c", prevSeq: seq - 1, createdAt };
  return { __typename, seq, actor, ...base, ...more } as unknown as InboxEvent;
}

const sentBy = (id: string) => ({ message: { seq: 5, body: "New", sender: { id } } });

test("a message of another moves the row to the front and counts, an own one does not count", () => {
  const { row } = withInboxEvent(ROW, event("MessageSent", 5, sentBy("ada")), "me");
  expect(row).toMatchObject({ lastSeq: 5, unreadCount: 2, lastMessage: { body: "New" } });
  expect(sorted([{ ...ROW, id: "d" }, row]).map(({ id }) => id)).toEqual(["c", "d"]);
  const own = withInboxEvent(ROW, event("MessageSent", 5, sentBy("me")), "me");
  expect(own.row.unreadCount).toBe(1);
});

test("what the row knows already changes nothing", () => {
  const applied = withInboxEvent(ROW, event("MessageSent", 4, sentBy("ada")), "me");
  expect(applied).toEqual({ row: ROW, isIncomplete: false });
});

test("an edit shows if it is of the last message", () => {
  const edit = (seq: number) => event("MessageEdited", 5, { message: { seq, body: "Edited" } });
  expect(withInboxEvent(ROW, edit(3), "me").row.lastMessage?.body).toBe("Edited");
  expect(withInboxEvent(ROW, edit(2), "me").row.lastMessage?.body).toBe("Hello");
});

test("the server must be asked about members, and about unread messages that are deleted", () => {
  const message = { seq: 3, body: null };
  const isIncomplete = (each: InboxEvent) => withInboxEvent(ROW, each, "me").isIncomplete;
  expect(isIncomplete(event("MembersChanged", 5))).toBe(true);
  expect(isIncomplete(event("MessageDeleted", 5, { message }))).toBe(true);
  expect(isIncomplete(event("MessageDeleted", 5, { message, actor: { id: "me" } }))).toBe(false);
  expect(isIncomplete(event("PinChanged", 5))).toBe(false);
});
