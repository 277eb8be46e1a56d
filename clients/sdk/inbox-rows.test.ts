// Guarantees about the rows of the list: their order, and what an event says of one.
import fc from "fast-check";
import { expect, test } from "vitest";
import { byActivity, type InboxRow, withInboxEvent } from "./inbox-rows.ts";
import type { InboxEvent } from "./subscriptions.ts";

const ROW: InboxRow = {
  id: "c",
  kind: "GROUP",
  title: "Talk",
  pictureUrl: null,
  members: [],
  lastSeq: 4,
  readSeq: 2,
  unreadMentions: 0,
  unreadCount: 1,
  unreadCountSeq: 4,
  activityAt: "2026-01-01T00:00:00.000Z",
  lastMessage: {
    __typename: "Message",
    ...{ id: "m3", seq: 3, body: "Hello", attachments: [], sender: null },
  },
  typing: [],
  isMuted: false,
  mutedUntil: null,
  isArchived: false,
  isHidden: false,
  isFavourite: false,
  isMarkedUnread: false,
  draft: null,
};

function event(__typename: string, seq: number, more: object = {}): InboxEvent {
  const createdAt = "2026-01-02T00:00:00.000Z";
  const actor = { id: "ada" };
  const base = { conversationId: "c", streamId: "conversation:c", prevSeq: seq - 1, createdAt };
  const { message } = more as { message?: object | null };
  const named = message && { message: { mentions: [], isMentioningAll: false, ...message } };
  return { __typename, seq, actor, ...base, ...more, ...named } as unknown as InboxEvent;
}

const sentBy = (id: string, seq = 5) => ({
  actor: { id },
  message: { id: `m${seq}`, seq, body: "New", sender: { id } },
});
const withAll = (row: InboxRow, events: readonly InboxEvent[]) =>
  events.reduce((state, each) => withInboxEvent(state, each, "me").row, row);

test("a message of another moves the row to the front and counts, an own one reads all", () => {
  const { row } = withInboxEvent(ROW, event("MessageSent", 5, sentBy("ada")), "me");
  expect(row).toMatchObject({ lastSeq: 5, unreadCount: 2, lastMessage: { body: "New" } });
  expect([{ ...ROW, id: "d" }, row].sort(byActivity).map(({ id }) => id)).toEqual(["c", "d"]);
  const own = withInboxEvent(ROW, event("MessageSent", 5, sentBy("me")), "me");
  expect(own.row).toMatchObject({ readSeq: 5, unreadCount: 0, unreadCountSeq: 5 });
});

test("what the row knows already changes nothing", () => {
  const applied = withInboxEvent(ROW, event("MessageSent", 4, sentBy("ada")), "me");
  expect(applied).toEqual({ row: ROW, isIncomplete: false });
});

test("what the count knows already is not counted again, and is the last message all the same", () => {
  const counted = { ...ROW, unreadCount: 2, unreadCountSeq: 5 };
  const { row } = withInboxEvent(counted, event("MessageSent", 5, sentBy("ada")), "me");
  expect(row).toMatchObject({ unreadCount: 2, unreadCountSeq: 5, lastMessage: { id: "m5" } });
});

test("a message in a conversation that was put away makes it read again", () => {
  const sent = event("MessageSent", 5, sentBy("ada"));
  for (const away of [{ isHidden: true }, { isArchived: true }]) {
    const applied = withInboxEvent({ ...ROW, ...away }, sent, "me");
    expect(applied).toMatchObject({ row: away, isIncomplete: true });
  }
  const muted = withInboxEvent({ ...ROW, isArchived: true, isMuted: true }, sent, "me");
  expect(muted).toMatchObject({ row: { isArchived: true }, isIncomplete: false });
});

test("a deleted message counts no more if it was unread", () => {
  const after = (message: object) =>
    withInboxEvent(ROW, event("MessageDeleted", 5, { message }), "me").row.unreadCount;
  expect(after({ id: "m3", seq: 3, body: null, sender: { id: "ada" } })).toBe(0);
  expect(after({ id: "m2", seq: 2, body: null, sender: { id: "ada" } })).toBe(1);
});

test("an edit shows if it is of the last message", () => {
  const edit = (seq: number) =>
    event("MessageEdited", 5, { message: { id: `m${seq}`, seq, body: "Edited" } });
  expect(withInboxEvent(ROW, edit(3), "me").row.lastMessage?.body).toBe("Edited");
  expect(withInboxEvent(ROW, edit(2), "me").row.lastMessage?.body).toBe("Hello");
});

test("what a file is shows once it has been looked at", () => {
  const file = { kind: "AUDIO", contentType: "audio/webm", fileName: null, durationMs: 1_200 };
  const message = { id: "m3", seq: 3, body: "", attachments: [file] };
  const { row } = withInboxEvent(ROW, event("AttachmentSettled", 5, { message }), "me");
  expect(row).toMatchObject({ lastSeq: 5, unreadCount: 1, lastMessage: { attachments: [file] } });
});

test("an older message does not replace one that was read with the row", () => {
  const ahead = { ...ROW, lastMessage: { ...sentBy("ada", 6).message, __typename: "Message" } };
  const sent = [5, 6].map((seq) => event("MessageSent", seq, sentBy("ada", seq)));
  const [first, second] = [sent.slice(0, 1), sent].map((each) => withAll(ahead as InboxRow, each));
  expect(first?.lastMessage?.id).toBe("m6");
  expect(second?.lastMessage?.id).toBe("m6");
});

test("members, and messages that may not be seen, are not in the events", () => {
  const isIncomplete = (each: InboxEvent) => withInboxEvent(ROW, each, "me").isIncomplete;
  expect(isIncomplete(event("MembersChanged", 5))).toBe(true);
  expect(isIncomplete(event("MessageSent", 5, { message: null }))).toBe(true);
  const message = { id: "m3", seq: 3, body: null, sender: { id: "ada" } };
  expect(isIncomplete(event("MessageDeleted", 5, { message }))).toBe(false);
  expect(isIncomplete(event("PinChanged", 5))).toBe(false);
});

test("a read mark of another device brings the count, and an older one is ignored", () => {
  const read = (conversation: object) =>
    withInboxEvent(ROW, event("ConversationRead", 9, { actor: undefined, conversation }), "me");
  const later = {
    isMarkedUnread: false,
    readSeq: 4,
    unreadCount: 0,
    unreadCountSeq: 6,
    unreadMentions: 0,
  };
  expect(read(later)).toEqual({ row: { ...ROW, ...later }, isIncomplete: false });
  expect(read({ isMarkedUnread: false, readSeq: 2, unreadCount: 3, unreadCountSeq: 9 }).row).toBe(
    ROW,
  );
  expect(read({ ...later, unreadCountSeq: 3 })).toEqual({ row: ROW, isIncomplete: true });
});

const someLog = fc.array(fc.record({ sender: fc.constantFrom("me", "ada"), at: fc.nat() }));

test("the count equals the server's, however late its parts were read and come", () => {
  fc.assert(
    fc.property(someLog, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (log, rolls) => {
      const [at = 0, readAt = 0, later = 0, markAt = 0, delivered = 0] = rolls;
      const server = serverOf(log);
      const seq = at % (log.length + 1);
      const start = { ...ROW, lastSeq: 0, ...server.readAt(seq, readAt % (seq + 1)) };
      const now = seq + (later % (log.length - seq + 1));
      const conversation = server.readAt(now, markAt % (now + 1));
      const read = event("ConversationRead", 1, { actor: undefined, conversation });
      const behind = delivered % (now + 1);
      const events = [...server.events.slice(0, behind), read, ...server.events.slice(behind)];
      const readSeq = Math.max(start.readSeq, conversation.readSeq);
      const end = events.reduce<InboxRow>((row, each) => {
        const applied = withInboxEvent(row, each, "me");
        // Then the client reads the row again.
        const isDue = applied.isIncomplete && each.__typename === "MessageDeleted";
        return isDue ? { ...applied.row, ...server.readAt(each.seq, row.readSeq) } : applied.row;
      }, start);
      expect(end).toMatchObject(server.readAt(log.length, readSeq));
    }),
  );
});

/** Every other message mentions the viewer. */
const isMentioning = (seq: number) => seq % 2 === 0;

/** A log in which every third entry deletes an earlier message, if there is one. */
function serverOf(log: readonly { readonly sender: string; readonly at: number }[]) {
  const sent: { id: string; seq: number; sender: string; deletedSeq: number }[] = [];
  const events = log.map(({ sender, at }, index) => {
    const seq = index + 1;
    const alive = sent.filter(({ deletedSeq }) => deletedSeq === Number.POSITIVE_INFINITY);
    const target = seq % 3 === 0 ? alive[at % Math.max(1, alive.length)] : undefined;
    const message = target ?? { id: `m${seq}`, seq, sender, deletedSeq: Number.POSITIVE_INFINITY };
    if (target) target.deletedSeq = seq;
    else sent.push(message);
    const about = { id: message.id, seq: message.seq, sender: { id: message.sender } };
    const isNaming = !target && isMentioning(message.seq);
    const shown = { ...about, body: null, mentions: isNaming ? [{ user: { id: "me" } }] : [] };
    const type = target ? "MessageDeleted" : "MessageSent";
    return event(type, seq, { message: shown, actor: { id: message.sender } });
  });
  /** The answer of a query when `seq` is the end of the log. */
  const readAt = (seq: number, markedSeq: number) => {
    const own = sent.filter((each) => each.sender === "me" && each.seq <= seq);
    const readSeq = Math.max(markedSeq, ...own.map((each) => each.seq));
    const unread = sent.filter(
      (each) =>
        each.seq <= seq && each.seq > readSeq && each.sender !== "me" && each.deletedSeq > seq,
    );
    const unreadMentions = unread.filter((each) => isMentioning(each.seq)).length;
    return { readSeq, unreadCount: unread.length, unreadCountSeq: seq, unreadMentions };
  };
  return { events, readAt };
}

test("mentions of the viewer are counted, and an edit or a deletion is looked up", () => {
  const mentions = [{ user: { id: "me" } }];
  const { message, actor } = sentBy("ada");
  const sent = event("MessageSent", 5, { actor, message: { ...message, mentions } });
  const { row } = withInboxEvent(ROW, sent, "me");
  expect(row).toMatchObject({ unreadCount: 2, unreadMentions: 1 });
  const toAll = event("MessageSent", 6, {
    actor,
    message: { ...sentBy("ada", 6).message, isMentioningAll: true },
  });
  expect(withInboxEvent(row, toAll, "me").row.unreadMentions).toBe(2);
  const edit = event("MessageEdited", 6, { actor, message });
  expect(withInboxEvent(row, edit, "me").isIncomplete).toBe(true);
  expect(withInboxEvent(ROW, edit, "me").isIncomplete).toBe(false);
  const own = withInboxEvent(row, event("MessageSent", 6, sentBy("me", 6)), "me");
  expect(own.row.unreadMentions).toBe(0);
});
