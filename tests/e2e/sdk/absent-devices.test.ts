// A device that was away while everything happened elsewhere that a log can tell: when it is back,
// its list and its open conversation equal those of a fresh device.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Client } from "../../../clients/sdk/index.ts";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { withDatabase } from "../../kit/database.ts";
import { aPerson, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { settled, upload } from "../messaging/attaching.ts";
import { aGroup, aMessage, mutate, send } from "../messaging/harness.ts";
import { settlesAnew } from "../sharing/attached.ts";
import { POLL, QUICK, startClient, startLine } from "./harness.ts";

/** All kinds of entries, as the source lists them. */
function kindsOf(file: string): string[] {
  const source = readFileSync(`subgraphs/messaging/${file}`, "utf8");
  return [...source.matchAll(/type: z\.literal\("(\w+)"\)/g)].map(([, kind = ""]) => kind).sort();
}

/** The kinds of entries of a log behind a position. */
async function kindsBehind(streamId: string, seq: number): Promise<string[]> {
  return withDatabase("messaging", async (client) => {
    const { rows } = await client.query<{ type: string }>(
      "select distinct type from stream_entry where stream_id = $1 and seq > $2 order by type",
      [streamId, seq],
    );
    return rows.map(({ type }) => type);
  });
}

/** The end of a log. */
async function endOf(streamId: string): Promise<number> {
  return withDatabase("messaging", async (client) => {
    const text = `select last_seq as "lastSeq" from stream where id = $1`;
    return (await client.query<{ lastSeq: number }>(text, [streamId])).rows[0]?.lastSeq ?? 0;
  });
}

const LISTS = ["ALL", "UNREAD", "FAVOURITE", "ARCHIVED"] as const;

/** What the screens of a device show: its lists, and the conversation. */
function screensOf(client: Client, id: string) {
  const lists = LISTS.map((filter) => openInbox(client, filter));
  const screen = openConversation(client, id);
  const isReady = () => [...lists, screen].every((each) => each.getSnapshot().status === "ready");
  return {
    isReady,
    shown() {
      const { messages, title, description, version, settings, viewerRole, viewerRights } =
        screen.getSnapshot();
      const { readSeq, unreadCount, unreadMentions } = screen.getSnapshot();
      // Events select more of their people than pages do.
      const happenings = screen
        .getSnapshot()
        .happenings.map(({ __typename, seq }) => [__typename, seq]);
      const details = { title, description, version, settings, viewerRole, viewerRights };
      return {
        ...{ messages, happenings, readSeq, unreadCount, unreadMentions, details },
        lists: lists.map((list) => list.getSnapshot().rows),
        totals: lists[0]?.getSnapshot().totalUnread,
      };
    },
  };
}

async function aScene() {
  const [bob, line] = await Promise.all([aPerson("Bob"), startLine()]);
  const [ada, cy] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const left = await aGroup(ada, [bob], "Left");
  const sent = await anew(ada, group);
  const phone = startClient(line, bob, QUICK);
  const screens = screensOf(phone, group);
  await expect.poll(screens.isReady, POLL).toBe(true);
  return { ada, bob, cy, line, group, left, sent, screens };
}

type Scene = Awaited<ReturnType<typeof aScene>>;

/** One change for each kind of entry of the conversation, and of Bob's own log. */
async function everything({ ada, bob, cy, group, left, sent }: Scene): Promise<void> {
  const [, thread = "", hidden = ""] = sent;
  const inGroup = { conversationId: group };
  await mutate("EditMessage", ada, { messageId: thread, body: "edited" });
  await mutate("AddReaction", bob, { messageId: thread, emoji: "👍" });
  await mutate("PinMessage", ada, { messageId: thread });
  const { message } = await send(ada, group, "in a thread", { threadRootId: thread });
  await mutate("MarkThreadRead", bob, { messageId: thread, seq: message?.seq });
  await mutate("FollowThread", bob, { messageId: thread });
  await mutate("AddMembers", ada, { ...inGroup, userIds: [cy.id] });
  await mutate("SetMemberRole", ada, { ...inGroup, userId: bob.id, role: "ADMIN" });
  await mutate("UpdateConversation", ada, { ...inGroup, title: "Renamed" });
  const { id: deleted } = await aMessage(ada, group, "deleted");
  await mutate("DeleteMessage", ada, { messageId: deleted });
  await mutate("MarkRead", bob, { ...inGroup, seq: 2 });
  await mutate("SaveDraft", bob, { ...inGroup, body: "a draft", expectedVersion: 0 });
  await mutate("DeleteMessageForMe", bob, { messageId: hidden });
  await mutate("ClearHistory", bob, { ...inGroup, upToSeq: 1 });
  await mutate("MarkFavourite", bob, { ...inGroup, isFavourite: true });
  await mutate("LeaveConversation", bob, { conversationId: left });
  await aMessage(ada, await aGroup(ada, [bob], "New"), "hello");
  await aRequestTo(bob);
  const mentions = [{ userId: bob.id, start: 0, length: 4 }];
  await send(ada, group, "@Bob", { mentions });
  await settleFile(ada, group);
}

/** A file in a message that the worker refuses afterwards. */
async function settleFile(ada: TokenHolder, group: string): Promise<void> {
  const file = { contents: Buffer.from("The plan"), contentType: "text/plain" };
  const id = await upload(ada, group, file);
  await settled(ada, id);
  await send(ada, group, "", { attachmentIds: [id] });
  await settlesAnew(id);
  await expect
    .poll(() => kindsBehind(`conversation:${group}`, 0), POLL)
    .toContain("attachmentSettled");
}

async function aRequestTo(person: TokenHolder): Promise<void> {
  const [stranger] = await tokenHolders(1);
  await makeStrangers([stranger]);
  const asked = { userId: person.id };
  const { conversation } = await mutate("OpenDirectConversation", stranger, asked);
  await aMessage(stranger, conversation?.id ?? "", "May I?");
}

/** Lets a device be away during changes, and compares it with a fresh one when it is back. */
async function expectEqualAfter(scene: Scene, changes: () => Promise<unknown>): Promise<void> {
  const { bob, line, group, screens } = scene;
  line.proxy.refuse(true);
  line.proxy.cut();
  await changes();
  line.proxy.refuse(false);
  const other = startClient(line, { refreshToken: "none" }, QUICK);
  await other.session.signIn({ email: bob.email, password: bob.password });
  const fresh = screensOf(other, group);
  await expect.poll(fresh.isReady, POLL).toBe(true);
  await expect.poll(screens.shown, POLL).toEqual(fresh.shown());
}

test("a device that was away while everything happened equals a fresh one", async () => {
  const scene = await aScene();
  const logs = [`conversation:${scene.group}`, `person:${scene.bob.id}`] as const;
  const [talk, own] = await Promise.all(logs.map(endOf));
  await expectEqualAfter(scene, () => everything(scene));
  expect(await kindsBehind(logs[0], talk ?? 0)).toEqual(kindsOf("entries.ts"));
  expect(await kindsBehind(logs[1], own ?? 0)).toEqual(kindsOf("own-entries.ts"));
});

test("so does one whose position is from before its person sees the log again", async () => {
  const scene = await aScene();
  const { ada, bob, group } = scene;
  const inGroup = { conversationId: group };
  await mutate("UpdateConversation", ada, { ...inGroup, history: "FROM_JOINING" });
  await expectEqualAfter(scene, async () => {
    await aMessage(ada, group, "while one was a member");
    await mutate("RemoveMember", ada, { ...inGroup, userId: bob.id });
    await aMessage(ada, group, "while one was none");
    await mutate("AddMembers", ada, { ...inGroup, userIds: [bob.id] });
    await everything({ ...scene, sent: await anew(ada, group) });
  });
});

async function anew(sender: TokenHolder, group: string): Promise<string[]> {
  const sent: string[] = [];
  for (const body of ["first", "second", "third"]) {
    sent.push((await aMessage(sender, group, body)).id);
  }
  return sent;
}
