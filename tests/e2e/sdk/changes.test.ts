// What a person does in an open conversation, against the real stack: it shows at once, and is
// taken back when it is refused. Replies quote; reads on another device arrive.

import { expect, test } from "vitest";
import { MarkRead } from "../../../clients/sdk/generated/operations.ts";
import { createMemoryStore } from "../../../clients/sdk/index.ts";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { aPerson } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { POLL, QUICK, startClient, startLine, twoClients } from "./harness.ts";

/** The screens of two people in one group, both ready. */
async function twoScreens() {
  const scene = await twoClients();
  const [hers, his] = scene.clients.map((client) => openConversation(client, scene.group));
  if (!hers || !his) throw new Error("two conversations");
  for (const screen of [hers, his]) {
    await expect.poll(() => screen.getSnapshot().status, POLL).toBe("ready");
  }
  return { ...scene, hers, his };
}

type Screen = Awaited<ReturnType<typeof twoScreens>>["hers"];

const bodies = (of: Screen) => of.getSnapshot().messages.map(({ body }) => body);
const first = (of: Screen) => of.getSnapshot().messages[0];

test("edits, reactions and deletions show at once, and on the other screen", async () => {
  const { hers, his } = await twoScreens();
  hers.send("Hello");
  await expect.poll(() => bodies(his), POLL).toEqual(["Hello"]);
  await expect.poll(() => bodies(hers), POLL).toEqual(["Hello"]);
  const id = first(hers)?.id ?? "";

  const edit = hers.edit(id, "Good evening");
  expect(first(hers)?.body).toBe("Good evening");
  expect((await edit).__typename).toBe("EditMessageSuccess");
  expect(first(hers)).toMatchObject({ body: "Good evening", version: 2 });
  await expect.poll(() => bodies(his), POLL).toEqual(["Good evening"]);

  const reactions = [
    his.react(id, "👍", true),
    his.react(id, "👍", false),
    his.react(id, "🎉", true),
  ];
  expect(first(his)?.reactions).toMatchObject([{ emoji: "🎉", count: 1, isViewerAmong: true }]);
  await Promise.all(reactions);
  expect(first(his)?.reactions).toMatchObject([{ emoji: "🎉", count: 1, isViewerAmong: true }]);
  await expect
    .poll(() => first(hers)?.reactions, POLL)
    .toMatchObject([{ emoji: "🎉", count: 1, isViewerAmong: false }]);

  const deletion = hers.delete(id);
  expect(first(hers)).toMatchObject({ body: null, reactions: [] });
  expect((await deletion).__typename).toBe("DeleteMessageSuccess");
  await expect.poll(() => first(his)?.deletedAt, POLL).toBe(first(hers)?.deletedAt);
});

test("what is refused, or has no answer, is taken back, and the caller learns why", async () => {
  const [ada, bob, line] = await Promise.all([aPerson("Ada"), aPerson("Bob"), startLine()]);
  const group = await aGroup(ada, [bob]);
  await aMessage(ada, group, "Mine");
  let isOffline = false;
  const overLine = async (_url: string, init: RequestInit) => {
    if (isOffline) throw new Error("offline");
    return fetch(line.router.url, init);
  };
  const his = openConversation(startClient(line, bob, { ...QUICK, fetch: overLine }), group);
  await expect.poll(() => bodies(his), POLL).toEqual(["Mine"]);
  const id = first(his)?.id ?? "";
  const edit = his.edit(id, "Not mine");
  expect(bodies(his)).toEqual(["Not mine"]);
  expect((await edit).__typename).toBe("NotSenderProblem");
  expect(bodies(his)).toEqual(["Mine"]);
  await expect(his.react(id, "not an emoji", true)).rejects.toMatchObject({
    code: "BAD_USER_INPUT",
  });
  expect(first(his)?.reactions).toEqual([]);
  isOffline = true;
  await expect(his.react(id, "👍", true)).rejects.toMatchObject({ name: "NetworkError" });
  expect(first(his)?.reactions).toEqual([]);
});

test("a reply quotes, from the screen or from outside of it, and the quote stays fresh", async () => {
  const { ada, group, hers, his } = await twoScreens();
  const quoted = await aMessage(ada, group, "Question");
  await expect.poll(() => bodies(his), POLL).toEqual(["Question"]);
  his.send("Answer", quoted.id);
  const [pending] = his.getSnapshot().outgoing;
  expect(pending?.replyTo).toMatchObject({ id: quoted.id, body: "Question" });
  await expect.poll(() => hers.getSnapshot().messages[1]?.replyTo?.body, POLL).toBe("Question");
  await hers.edit(quoted.id, "Better question");
  expect(hers.getSnapshot().messages[1]?.replyTo?.body).toBe("Better question");
  const quote = (of: Screen) => of.getSnapshot().messages.at(-1)?.replyTo;
  await expect.poll(() => quote(his)?.body, POLL).toBe("Better question");

  for (const at of upTo(60)) await aMessage(ada, group, `${at}`);
  await hers.jumpToEnd();
  const late = hers;
  await expect.poll(() => bodies(late).at(-1), POLL).toBe("60");
  await expect.poll(() => bodies(his).at(-1), POLL).toBe("60");
  his.send("Late answer", quoted.id);
  await expect.poll(() => quote(hers)?.body, POLL).toBe("Better question");
  await hers.delete(quoted.id);
  await expect.poll(() => quote(his), POLL).toMatchObject({ id: quoted.id, body: null });
});

test("a quote of a message that is on no page is read on its own", async () => {
  const { ada, group, clients } = await twoClients();
  const quoted = await aMessage(ada, group, "Question");
  for (const at of upTo(60)) await aMessage(ada, group, `${at}`);
  await clients[1].run(MarkRead, { input: { conversationId: group, seq: 61 } });
  const screen = openConversation(clients[1], group);
  await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(50);
  screen.send("Answer", quoted.id);
  await expect
    .poll(() => screen.getSnapshot().messages.at(-1)?.replyTo, POLL)
    .toMatchObject({ id: quoted.id, body: "Question", sender: { id: ada.id } });
});

test("what is read on another device is read here", async () => {
  const { ada, group, clients, his } = await twoScreens();
  for (const at of upTo(3)) await aMessage(ada, group, `${at}`);
  await expect.poll(() => his.getSnapshot().unreadCount, POLL).toBe(3);
  await clients[1].run(MarkRead, { input: { conversationId: group, seq: 2 } });
  await expect.poll(() => his.getSnapshot(), POLL).toMatchObject({ readSeq: 2, unreadCount: 1 });
});

test("leaving a group ends its screen, and the others see who is left", async () => {
  const { bob, hers, his } = await twoScreens();
  expect(his.getSnapshot()).toMatchObject({ viewerRole: "MEMBER" });
  expect(hers.getSnapshot()).toMatchObject({ viewerRole: "OWNER" });
  expect((await his.leave()).__typename).toBe("LeaveConversationSuccess");
  expect(his.getSnapshot().status).toBe("gone");
  const members = () => hers.getSnapshot().members.map(({ node }) => node.user?.id);
  await expect.poll(members, POLL).not.toContain(bob.id);
});

test("all members of a large group are listed, page by page", async () => {
  const owner = await aPerson("Owner");
  const others = await Promise.all(upTo(120).map(() => aPerson()));
  const group = await aGroup(owner, others);
  const line = await startLine();
  const tokens = createMemoryStore(owner.refreshToken);
  const screen = openConversation(startClient(line, owner, { ...QUICK, tokens }), group);
  await expect.poll(() => screen.getSnapshot().members.length, POLL).toBe(121);
  const ids = screen.getSnapshot().members.map(({ node }) => node.user?.id);
  expect(new Set(ids)).toEqual(new Set([owner, ...others].map(({ id }) => id)));
});
