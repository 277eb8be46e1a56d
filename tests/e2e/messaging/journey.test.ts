// The journey of a conversation at the real router, from opening it to reading it.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, read, send, upTo, withoutNames } from "./harness.ts";

test("a message reaches its reader with the name of its sender", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada Talks"), aPerson("Bob Reads")]);
  const opened = await mutate("OpenDirectConversation", ada, { userId: bob.id });
  const conversationId = opened.conversation?.id ?? "";
  const socket = await connect({ as: bob.token, router: 1 });
  const variables = { conversationId, after: 0 };
  const id = socket.subscribe(operation("ConversationEvents"), variables);
  const message = await aMessage(ada, conversationId, "Hello, Bob");
  expect(await socket.event(id)).toMatchObject({
    conversationEvents: {
      __typename: "MessageSent",
      conversationId,
      seq: 1,
      prevSeq: 0,
      message: {
        id: message.id,
        seq: 1,
        body: "Hello, Bob",
        sender: { id: ada.id, displayName: "Ada Talks", headline: null },
      },
    },
  });
  socket.close();
});

describe("a direct conversation", () => {
  test("is one, even if both people open it many times at once at both replicas", async () => {
    const [ada, bob] = await tokenHolders(2);
    const opened = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        at % 2
          ? mutate("OpenDirectConversation", ada, { userId: bob.id }, at % 3 === 0 ? 1 : 0)
          : mutate("OpenDirectConversation", bob, { userId: ada.id }, at % 3 === 0 ? 1 : 0),
      ),
    );
    const ids = new Set(opened.map((result) => result.conversation?.id));
    expect(ids.size).toBe(1);
    expect(opened[0]).toMatchObject({ conversation: { kind: "DIRECT", lastSeq: 0 } });
    const shouted = await mutate("OpenDirectConversation", ada, { userId: bob.id.toUpperCase() });
    expect(ids.has(shouted.conversation?.id)).toBe(true);
  });

  test("is refused with oneself, in any spelling of the id, and for invalid ids", async () => {
    const [ada] = await tokenHolders(1);
    for (const userId of [ada.id, ada.id.toUpperCase()]) {
      const result = await mutate("OpenDirectConversation", ada, { userId });
      expect(result.__typename).toBe("SelfConversationProblem");
    }
    const input = { userId: "nonsense" };
    const asked = { as: ada.token };
    expect(await refusalOf(operation("OpenDirectConversation"), { input }, asked)).toMatchObject({
      code: "NOT_FOUND",
      field: "input.userId",
    });
  });
});

test("a group has the named members once each, and its creator owns it", async () => {
  const [ada, bob, cy] = await tokenHolders(3);
  const id = await aGroup(ada, [bob, cy, bob, ada], "  Friends   of  TypeScript ");
  const page = await read(cy, id);
  expect(page).toMatchObject({ title: "Friends of TypeScript", kind: "GROUP", lastSeq: 0 });
  const members = page?.members.edges.map(({ node }) => [node.user.id, node.role]);
  expect(new Map(members as [string, string][])).toEqual(
    new Map([
      [ada.id, "OWNER"],
      [bob.id, "MEMBER"],
      [cy.id, "MEMBER"],
    ]),
  );
});

test("the members of a group are read page by page, each once", async () => {
  const [ada, ...others] = await tokenHolders(5);
  const id = await aGroup(ada, others);
  const query = `query($id: ID!, $after: String) { conversation(id: $id) { createdAt
    members(first: 2, after: $after) {
      edges { cursor node { user { id } } } pageInfo { hasNextPage endCursor } } } }`;
  type Edge = {
    readonly cursor: string;
    readonly node: { readonly user: { readonly id: string } };
  };
  type Pages = { edges: readonly Edge[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
  type Data = { conversation: { createdAt: string; members: Pages } };
  const pageBehind = async (after: string | null) =>
    (await dataOf<Data>(query, { id, after }, { as: ada.token })).conversation;
  const found: string[] = [];
  let page = await pageBehind(null);
  expect(Date.now() - Date.parse(page.createdAt)).toBeLessThan(60_000);
  for (;;) {
    const { edges, pageInfo } = page.members;
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor);
    found.push(...edges.map(({ node }) => node.user.id));
    if (!pageInfo.hasNextPage) break;
    page = await pageBehind(pageInfo.endCursor);
  }
  expect(found.sort()).toEqual([ada, ...others].map((person) => person.id).sort());
});

test("a message names its conversation", async () => {
  const [ada, bob] = await tokenHolders(2);
  const conversationId = await aGroup(ada, [bob]);
  await aMessage(ada, conversationId);
  const query = `query($id: ID!) { conversation(id: $id) {
    messages(last: 1) { edges { node { body conversation { id } } } } } }`;
  expect(await dataOf(query, { id: conversationId }, { as: bob.token })).toEqual({
    conversation: {
      messages: { edges: [{ node: { body: "hello", conversation: { id: conversationId } } }] },
    },
  });
});

describe("a send", () => {
  test("that is repeated returns the same message and takes no seq, also after an edit", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    const clientMessageId = randomUUID();
    const first = await send(ada, id, "one", { clientMessageId });
    expect(await send(ada, id, "one", { clientMessageId }, 1)).toEqual(first);
    await mutate("EditMessage", ada, { messageId: first.message?.id, body: "two" });
    const again = await send(ada, id, "one", { clientMessageId });
    expect(again.message).toMatchObject({ id: first.message?.id, seq: 1, body: "two", version: 2 });
    const other = await send(ada, id, "two", { clientMessageId });
    expect(other.__typename).toBe("IdempotencyConflictProblem");
    const ofBob = await send(bob, id, "two", { clientMessageId });
    expect(ofBob.message).toMatchObject({ seq: 3, body: "two" });
    expect((await logOf(id)).map((entry) => entry.seq)).toEqual(upTo(3));
  });

  test("that arrives many times at once with one client id stores one message", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    const clientMessageId = randomUUID();
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_, at) => send(ada, id, "same", { clientMessageId }, at % 2)),
    );
    expect(new Set(sent.map((result) => result.message?.id)).size).toBe(1);
    expect(await logOf(id)).toHaveLength(1);
  });

  test("can reply only to a message of the same conversation", async () => {
    const [ada, bob] = await tokenHolders(2);
    const [id, elsewhere] = await Promise.all([aGroup(ada, [bob]), aGroup(ada, [bob])]);
    const [here, there] = [await aMessage(ada, id), await aMessage(ada, elsewhere)];
    const reply = await send(bob, id, "yes", { replyToId: here.id });
    expect(reply.message).toMatchObject({ replyToId: here.id });
    const input = { conversationId: id, clientMessageId: "x", body: "no", replyToId: there.id };
    const refused = await refusalOf(operation("SendMessage"), { input }, { as: bob.token });
    expect(refused).toMatchObject({ code: "NOT_FOUND", field: "input.replyToId" });
  });
});

describe("messages are read", () => {
  test("from the beginning, from the end and around any position", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    for (const seq of upTo(7)) await aMessage(ada, id, `m${seq}`);
    const seqs = async (paging: object) => {
      const page = await read(bob, id, { ...paging });
      const { edges = [], pageInfo } = page?.messages ?? {};
      const shown = edges.map(({ node }) => node.seq);
      return [shown, pageInfo?.hasPreviousPage, pageInfo?.hasNextPage];
    };
    const cursors = (await read(bob, id))?.messages.edges.map((edge) => edge.cursor) ?? [];
    expect(cursors).toHaveLength(7);
    expect(await seqs({})).toEqual([upTo(7), false, false]);
    expect(await seqs({ first: 3 })).toEqual([[1, 2, 3], false, true]);
    expect(await seqs({ first: 9, after: cursors[4] })).toEqual([[6, 7], true, false]);
    expect(await seqs({ last: 2 })).toEqual([[6, 7], true, false]);
    expect(await seqs({ last: 2, before: cursors[2] })).toEqual([[1, 2], false, true]);
    expect(await seqs({ aroundSeq: 4, first: 4 })).toEqual([[3, 4, 5, 6], true, true]);
    expect(await seqs({ aroundSeq: 6, first: 4 })).toEqual([[4, 5, 6, 7], true, false]);
    expect(await seqs({ aroundSeq: 99, first: 4 })).toEqual([[4, 5, 6, 7], true, false]);
    expect(await seqs({ aroundSeq: 2 ** 31 - 1, first: 4 })).toEqual([[4, 5, 6, 7], true, false]);
    expect(await seqs({ aroundSeq: 0, first: 4 })).toEqual([[1, 2, 3, 4], false, true]);
    expect(await seqs({ aroundSeq: 1, first: 5 })).toEqual([upTo(5), false, true]);
    expect(await seqs({ aroundSeq: 3, first: 9 })).toEqual([upTo(7), false, false]);
  });

  test("and the list of conversations has the latest first, on stable pages", async () => {
    const [ada, bob] = await tokenHolders(2);
    const ids = await Promise.all(upTo(5).map((at) => aGroup(ada, [bob], `g${at}`)));
    for (const id of ids) await aMessage(bob, id, "hello");
    const list = async (variables: object) => {
      const query = withoutNames("Conversations");
      const data = await dataOf<{
        conversations: { edges: { cursor: string; node: { id: string } }[] };
      }>(query, { ...variables }, { as: ada.token });
      return data.conversations.edges;
    };
    const first = await list({ first: 2 });
    expect(first).toMatchObject([
      { node: { id: ids[4], unreadCount: 1, messages: { edges: [{ node: { body: "hello" } }] } } },
      { node: { id: ids[3] } },
    ]);
    await aMessage(bob, ids[4] ?? "", "newer");
    const rest = await list({ first: 9, after: first[1]?.cursor });
    expect(rest.map(({ node }) => node.id)).toEqual([ids[2], ids[1], ids[0]]);
  });
});

test("read positions are private and only move forward, and unread counts equal a recount", async () => {
  const [ada, bob] = await tokenHolders(2);
  const id = await aGroup(ada, [bob]);
  const messages = [];
  for (const seq of upTo(5)) messages.push(await aMessage(seq === 3 ? bob : ada, id, `m${seq}`));
  const unread = async () => {
    const page = await read(bob, id);
    return [page?.readSeq, page?.unreadCount, page?.lastSeq];
  };
  // One's own message moves one's own mark.
  expect(await unread()).toEqual([3, 2, 5]);
  await mutate("MarkRead", bob, { conversationId: id, seq: 4 });
  expect(await unread()).toEqual([4, 1, 5]);
  await mutate("MarkRead", bob, { conversationId: id, seq: 1 });
  expect(await unread()).toEqual([4, 1, 5]);
  await mutate("DeleteMessage", ada, { messageId: messages[4]?.id });
  expect(await unread()).toEqual([4, 0, 6]);
  await mutate("MarkRead", bob, { conversationId: id, seq: 2_000_000_000 });
  expect(await unread()).toEqual([6, 0, 6]);
  expect((await read(ada, id))?.readSeq).toBe(5);
  expect((await logOf(id)).map((entry) => entry.type)).not.toContain("read");
});
