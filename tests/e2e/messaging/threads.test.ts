// Guarantees about threads: beside the main timeline, counted once, and each with its own mark.
import { expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { connect } from "../../kit/socket.ts";
import { tokenHolders } from "../../kit/stories.ts";
import {
  aGroup,
  aMessage,
  codeOf,
  expectConsistent,
  logOf,
  mutate,
  read,
  send,
  take,
  upTo,
  watch,
} from "./harness.ts";
import { openAtHeads, receive } from "./inbox-harness.ts";
import { readThread, repliesOf, reply } from "./thread-harness.ts";

test("replies are in their thread, and not in the main timeline, its count and its end", async () => {
  const [ada, bob, eve] = await tokenHolders(3);
  const group = await aGroup(ada, [bob, eve]);
  const { id } = await aMessage(ada, group, "root");
  for (const at of upTo(4)) await reply(at % 2 ? bob : eve, group, id, `reply ${at}`);
  await aMessage(ada, group, "next");
  const page = await read(bob, group);
  expect(page?.messages.edges.map(({ node }) => node.body)).toEqual(["root", "next"]);
  expect(page).toMatchObject({ lastSeq: 6, unreadCount: 2 });
  const around = await read(bob, group, { aroundSeq: 4, first: 10 });
  expect(around?.messages.edges.map(({ node }) => node.seq)).toEqual([1, 6]);
  const root = await readThread(ada, id);
  expect(repliesOf(root)).toEqual(upTo(4).map((at) => `reply ${at}`));
  expect(root?.thread).toMatchObject({
    ...{ replyCount: 4, lastReplySeq: 5, isFollowing: true, readSeq: 0, unreadCount: 4 },
    participants: [{ id: eve.id }, { id: bob.id }],
  });
  await expectConsistent(group);
});

test("a thread pages in both directions", async () => {
  const [ada] = await tokenHolders(1);
  const group = await aGroup(ada, []);
  const { id } = await aMessage(ada, group, "root");
  for (const at of upTo(7)) await reply(ada, group, id, String(at));
  const last = await readThread(ada, id, { last: 3 });
  expect(repliesOf(last)).toEqual(["5", "6", "7"]);
  const before = last?.thread?.messages.edges[0]?.cursor;
  expect(repliesOf(await readThread(ada, id, { last: 3, before }))).toEqual(["2", "3", "4"]);
  const first = await readThread(ada, id, { first: 3 });
  expect(repliesOf(first)).toEqual(["1", "2", "3"]);
  const after = first?.thread?.messages.edges[2]?.cursor;
  expect(repliesOf(await readThread(ada, id, { first: 100, after }))).toEqual(["4", "5", "6", "7"]);
});

test("a thread begins with a message of the main timeline that is there", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const elsewhere = await aMessage(ada, await aGroup(ada, []));
  const { id } = await aMessage(ada, group, "root");
  const { message } = await reply(bob, group, id);
  const wish = { conversationId: group, clientMessageId: newId(), body: "reply" };
  const refused = (threadRootId = "") => codeOf("SendMessage", bob, { ...wish, threadRootId });
  expect(await refused(message?.id)).toBe("BAD_USER_INPUT");
  expect(await refused(elsewhere.id)).toBe("NOT_FOUND");
  expect(await refused(newId())).toBe("NOT_FOUND");
  await mutate("DeleteMessage", ada, { messageId: id });
  expect((await reply(bob, group, id)).__typename).toBe("MessageDeletedProblem");
  expect(repliesOf(await readThread(bob, id))).toEqual(["reply"]);
  expect(await logOf(group)).toHaveLength(3);
});

test("the same request again is the same reply, and in another thread another request", async () => {
  const [ada] = await tokenHolders(1);
  const group = await aGroup(ada, []);
  const [one, two] = [await aMessage(ada, group), await aMessage(ada, group)];
  const clientMessageId = newId();
  const wish = { clientMessageId, threadRootId: one.id };
  const { message } = await send(ada, group, "once", wish);
  expect((await send(ada, group, "once", wish, 1)).message).toEqual(message);
  const other = await send(ada, group, "once", { clientMessageId, threadRootId: two.id });
  expect(other.__typename).toBe("IdempotencyConflictProblem");
  const main = await send(ada, group, "once", { clientMessageId });
  expect(main.__typename).toBe("IdempotencyConflictProblem");
  expect((await readThread(ada, one.id))?.thread?.replyCount).toBe(1);
});

test("a mark of a thread moves forward only, and the person's other devices hear of it", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id } = await aMessage(ada, group, "root");
  for (const at of upTo(3)) await reply(bob, group, id, String(at));
  const socket = await connect({ as: ada.token, router: 1 });
  const { id: inbox } = await openAtHeads(socket);
  const mark = (seq: number, router = 0) =>
    mutate("MarkThreadRead", ada, { messageId: id, seq }, router);
  await mark(3);
  expect((await readThread(ada, id))?.thread).toMatchObject({ readSeq: 3, unreadCount: 1 });
  await mark(2, 1);
  await mark(1_000);
  expect((await readThread(ada, id))?.thread).toMatchObject({ readSeq: 4, unreadCount: 0 });
  const told = { __typename: "ThreadRead", conversationId: group, threadRootId: id };
  expect(await receive(socket, inbox, 2)).toMatchObject([
    { ...told, readSeq: 3 },
    { ...told, readSeq: 4 },
  ]);
  socket.close();
  // The mark of the main timeline is that of her own message.
  expect((await read(ada, group))?.readSeq).toBe(1);
  await mutate("LeaveConversation", bob, { conversationId: group });
  expect(await codeOf("MarkThreadRead", bob, { messageId: id, seq: 4 })).toBe("NOT_FOUND");
});

test("whoever replies follows the thread and has read it, until they leave", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id } = await aMessage(ada, group, "root");
  await reply(ada, group, id);
  expect((await readThread(bob, id))?.thread).toMatchObject({ isFollowing: false, unreadCount: 1 });
  await reply(bob, group, id);
  const own = { isFollowing: true, readSeq: 3, unreadCount: 0 };
  expect((await readThread(bob, id))?.thread).toMatchObject(own);
  await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
  expect(await readThread(bob, id)).toBeNull();
  await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
  expect((await readThread(bob, id))?.thread).toMatchObject({ isFollowing: false, readSeq: 0 });
});

test("the event of a reply has its thread as it is now", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id } = await aMessage(ada, group, "root");
  const socket = await connect({ as: bob.token, router: 1 });
  const watched = watch(socket, group, 1);
  const { message } = await reply(ada, group, id);
  const thread = (replyCount: number) => ({ rootId: id, replyCount, lastReplySeq: 2 });
  expect(await take(socket, watched, 1)).toMatchObject([
    { __typename: "MessageSent", message: { threadRootId: id, thread: thread(1) } },
  ]);
  await mutate("DeleteMessage", ada, { messageId: message?.id });
  expect(await take(socket, watched, 1)).toMatchObject([
    { __typename: "MessageDeleted", message: { threadRootId: id, thread: thread(0) } },
  ]);
  socket.close();
});

test("a newcomer who sees a group from joining sees new replies, and not the message before", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, []);
  const settings = { conversationId: group, history: "FROM_JOINING" };
  await mutate("UpdateConversation", ada, settings);
  const { id } = await aMessage(ada, group, "root");
  await reply(ada, group, id, "before");
  await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
  const { message } = await reply(ada, group, id, "behind");
  expect(await readThread(bob, id)).toBeNull();
  expect(await readThread(bob, message?.id ?? "")).toMatchObject({ body: "behind", thread: null });
  const wish = { conversationId: group, clientMessageId: newId(), body: "r", threadRootId: id };
  expect(await codeOf("SendMessage", bob, wish)).toBe("NOT_FOUND");
  expect(await codeOf("MarkThreadRead", bob, { messageId: id, seq: 9 })).toBe("NOT_FOUND");
  expect((await read(bob, group))?.messages.edges).toEqual([]);
});
