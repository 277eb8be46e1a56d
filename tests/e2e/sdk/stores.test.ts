// The client's conversation, inbox and outbox against the real stack, as two people use them.

import { expect, test } from "vitest";
import { AddReaction, EditMessage, MarkRead } from "../../../clients/sdk/generated/operations.ts";
import { createMemoryStore } from "../../../clients/sdk/index.ts";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import type { Person } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { allMessages, type Line, POLL, QUICK, startClient, twoClients } from "./harness.ts";

test("two people talk: messages, typing, reading, reactions, edits", async () => {
  const { group, clients } = await twoClients();
  const [hers, his] = clients.map((client) => openConversation(client, group));
  if (!hers || !his) throw new Error("two conversations");
  const bodies = (of: typeof hers) => of.getSnapshot().messages.map(({ body }) => body);
  await expect.poll(() => his.getSnapshot().status, POLL).toBe("ready");

  // A signal is not repeated for those who come later.
  const typing = () => {
    hers.setTyping(false);
    hers.setTyping(true);
    return his.getSnapshot().typing.length;
  };
  await expect.poll(typing, POLL).toBe(1);
  hers.send("Hello");
  hers.send("Bob");
  expect(hers.getSnapshot().outgoing.map(({ body }) => body)).toEqual(["Hello", "Bob"]);
  await expect.poll(() => bodies(his), POLL).toEqual(["Hello", "Bob"]);
  expect(his.getSnapshot()).toMatchObject({ typing: [], unreadCount: 2 });
  await expect.poll(() => hers.getSnapshot().outgoing, POLL).toEqual([]);
  expect(bodies(hers)).toEqual(["Hello", "Bob"]);
  expect(hers.getSnapshot().unreadCount).toBe(0);

  await his.markRead();
  expect(his.getSnapshot().unreadCount).toBe(0);
  const [first] = his.getSnapshot().messages;
  const messageId = first?.id ?? "";
  await clients[1].run(AddReaction, { input: { messageId, emoji: "👍" } });
  await clients[0].run(EditMessage, { input: { messageId, body: "Good evening" } });
  const reactions = (of: typeof hers) => of.getSnapshot().messages[0]?.reactions;
  await expect.poll(() => bodies(his)[0], POLL).toBe("Good evening");
  await expect.poll(() => bodies(hers)[0], POLL).toBe("Good evening");
  expect(reactions(his)).toMatchObject([{ emoji: "👍", count: 1, isViewerAmong: true }]);
  expect(reactions(hers)).toMatchObject([{ emoji: "👍", count: 1, isViewerAmong: false }]);
});

test("the history comes page by page while messages arrive", async () => {
  const { ada, group, clients } = await twoClients();
  for (const at of upTo(60)) await aMessage(ada, group, `${at}`);
  await clients[1].run(MarkRead, { input: { conversationId: group, seq: 60 } });
  const screen = openConversation(clients[1], group);
  await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(50);
  expect(screen.getSnapshot()).toMatchObject({ hasEarlier: true, unreadCount: 0 });
  await Promise.all([screen.loadEarlier(), aMessage(ada, group, "61")]);
  await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(61);
  expect(screen.getSnapshot()).toMatchObject({ hasEarlier: false, unreadCount: 1 });
  expect(screen.getSnapshot().messages).toEqual(await allMessages(clients[1], group));
});

test("a screen begins at the first unread message, and goes both ways page by page", async () => {
  const { ada, group, clients } = await twoClients();
  for (const at of upTo(120)) await aMessage(ada, group, `${at}`);
  await clients[1].run(MarkRead, { input: { conversationId: group, seq: 40 } });
  const screen = openConversation(clients[1], group);
  await expect.poll(() => screen.getSnapshot().status, POLL).toBe("ready");
  const shown = { hasEarlier: true, hasLater: true, firstUnreadSeq: 41, unreadCount: 80 };
  expect(screen.getSnapshot()).toMatchObject(shown);
  expect(screen.getSnapshot().messages.some(({ seq }) => seq === 41)).toBe(true);
  await aMessage(ada, group, "121");
  await expect.poll(() => screen.getSnapshot().unreadCount, POLL).toBe(81);
  while (screen.getSnapshot().hasEarlier) await screen.loadEarlier();
  while (screen.getSnapshot().hasLater) await screen.loadLater();
  expect(screen.getSnapshot().messages.map(({ body }) => body)).toEqual(upTo(121).map(String));
  await screen.markRead();
  expect(screen.getSnapshot()).toMatchObject({ unreadCount: 0, readSeq: 121, firstUnreadSeq: 41 });
});

const statusOf = ({ status }: { readonly status: string }) => status;

test("an answer that is lost, and a reload without a network, send each message once", async () => {
  const { ada, bob, group, line } = await twoClients();
  const outbox = createMemoryStore();
  let isOffline = false;
  let lostAnswers = 2;
  const overBadLine = async (_url: string, init: RequestInit) => {
    if (isOffline) throw new Error("offline");
    const response = await fetch(line.router.url, init);
    const text = await response.text();
    if (text.includes("SendMessageSuccess") && lostAnswers-- > 0) throw new Error("cut");
    return new Response(text);
  };
  const tokens = createMemoryStore((await signedInAgain(line, bob)) ?? "");
  const options = { ...QUICK, fetch: overBadLine, outbox, tokens };
  const before = startClient(line, bob, options);
  await before.session.accessToken();
  const old = openConversation(before, group);
  for (const body of ["one", "two", "three"]) old.send(body);
  await expect.poll(() => old.getSnapshot().messages.length, POLL).toBe(3);
  await expect.poll(() => old.getSnapshot().outgoing, POLL).toEqual([]);
  isOffline = true;
  for (const body of ["four", "five"]) old.send(body);
  await expect.poll(async () => (await outbox.read())?.includes("five") ?? false).toBe(true);
  old.close();
  await before.close();

  isOffline = false;
  const after = startClient(line, bob, options);
  const screen = openConversation(after, group);
  const bodies = () => screen.getSnapshot().messages.map(({ body }) => body);
  await expect.poll(bodies, POLL).toEqual(["one", "two", "three", "four", "five"]);
  await expect.poll(() => screen.getSnapshot().outgoing, POLL).toEqual([]);
  const waiting = async () => JSON.parse((await outbox.read()) ?? "[]").map(statusOf);
  await expect.poll(waiting, POLL).not.toContain("pending");
  const hers = startClient(line, { refreshToken: (await signedInAgain(line, ada)) ?? "" }, QUICK);
  expect((await allMessages(hers, group)).map(({ body }) => body)).toEqual(bodies());
});

/** A refresh token of another session of the person. */
async function signedInAgain(line: Line, { email, password }: Person): Promise<string | null> {
  const tokens = createMemoryStore();
  const { session } = startClient(line, { refreshToken: "" }, { tokens });
  await session.signIn({ email, password });
  return tokens.read();
}

test("a new conversation comes to the front of the list, and the one in which something is said", async () => {
  const { ada, bob, group, clients } = await twoClients();
  const inbox = openInbox(clients[1]);
  const ids = () => inbox.getSnapshot().rows.map(({ id }) => id);
  await expect.poll(() => inbox.getSnapshot().status, POLL).toBe("ready");
  expect(ids()).toEqual([group]);
  const another = await aGroup(ada, [bob], "Another");
  await expect.poll(ids, POLL).toEqual([another, group]);
  await aMessage(ada, group, "Back here");
  await expect.poll(ids, POLL).toEqual([group, another]);
  expect(inbox.getSnapshot().rows[0]).toMatchObject({
    unreadCount: 1,
    lastMessage: { body: "Back here" },
  });
});
