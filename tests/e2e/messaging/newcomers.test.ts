// Newcomers of a group with `FROM_JOINING` see its log from where they joined: by no query, replay,
// live event or action does anything from before reach them. The others go on seeing everything.
import { beforeEach, describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { codeOf, connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read, type SentMessage, send, take, watch } from "./harness.ts";

/** Selects nothing of one reader alone, so that all readers share it. */
const SHARED = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) { __typename seq prevSeq
    ... on MessageSent { message { id body } } ... on MessageEdited { message { id body } }
    ... on ReactionChanged { message { id body reactions { emoji } } } } }`;

let ada: TokenHolder;
let bob: TokenHolder;
let late: TokenHolder;
let group: string;
let old: SentMessage;
let joinedSeq: number;

beforeEach(async () => {
  [ada, bob, late] = await tokenHolders(3);
  group = await aGroup(ada, [bob]);
  const inGroup = { conversationId: group };
  await mutate("UpdateConversation", ada, { ...inGroup, history: "FROM_JOINING" });
  old = await aMessage(ada, group, "secret 1");
  await mutate("EditMessage", ada, { messageId: old.id, body: "secret 2" });
  await mutate("AddReaction", bob, { messageId: old.id, emoji: "👍" });
  await mutate("PinMessage", bob, { messageId: old.id });
  await mutate("AddMembers", ada, { ...inGroup, userIds: [late.id] });
  joinedSeq = (await read(ada, group))?.lastSeq ?? 0;
});

const seqsOf = (page: Awaited<ReturnType<typeof read>>) =>
  page?.messages.edges.map(({ node }) => node.seq);

describe("a newcomer", () => {
  test("reads from where they joined, whatever the page", async () => {
    const reply = await send(ada, group, "new", { replyToId: old.id });
    const seq = reply.message?.seq ?? 0;
    const pages = [{}, { first: 10 }, { last: 10 }, { aroundSeq: 1 }, { aroundSeq: seq, first: 5 }];
    for (const paging of pages) {
      const page = await read(late, group, paging);
      expect(seqsOf(page), JSON.stringify(paging)).toEqual([seq]);
      expect(page?.messages.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
      expect(JSON.stringify(page)).not.toContain("secret");
      expect(seqsOf(await read(bob, group, paging))).toContain(seq);
    }
    expect(JSON.stringify(await read(bob, group, {}))).toContain("secret 2");
    const query = `query($id: ID!, $old: ID!) { message(id: $old) { id } conversation(id: $id) {
      pinnedMessages { edges { node { id } } } messages { edges { node { replyToId replyTo { id } } }
      happenings { seq } memberChanges { seq } } } }`;
    const variables = { id: group, old: old.id };
    expect(await dataOf(query, variables, { as: late.token })).toEqual({
      message: null,
      conversation: {
        pinnedMessages: { edges: [] },
        messages: {
          edges: [{ node: { replyToId: old.id, replyTo: null } }],
          happenings: [{ seq: joinedSeq }],
          memberChanges: [{ seq: joinedSeq }],
        },
      },
    });
  });

  test("can do nothing to a message from before: it does not exist", async () => {
    const inputs = {
      AddReaction: { messageId: old.id, emoji: "🎉" },
      PinMessage: { messageId: old.id },
      UnpinMessage: { messageId: old.id },
      EditMessage: { messageId: old.id, body: "mine" },
      DeleteMessage: { messageId: old.id },
      SendMessage: { conversationId: group, clientMessageId: "x", body: "x", replyToId: old.id },
    };
    await mutate("SetMemberRole", ada, { conversationId: group, userId: late.id, role: "ADMIN" });
    for (const [name, input] of Object.entries(inputs)) {
      const { code } = await refusalOf(operation(name), { input }, { as: late.token });
      expect([name, code]).toEqual([name, "NOT_FOUND"]);
    }
  });

  test("has the log replayed from where they joined, and not from before", async () => {
    const socket = await connect({ as: late.token });
    for (const after of [0, joinedSeq - 2]) {
      const refused = watch(socket, group, after);
      expect(codeOf(await socket.next(refused))).toBe("RESYNC_REQUIRED");
    }
    const stream = watch(socket, group, joinedSeq - 1);
    expect(await take(socket, stream, 1)).toMatchObject([
      { __typename: "MembersChanged", seq: joinedSeq },
    ]);
    socket.close();
  });

  test("a person who comes back begins anew, also on a device that was away", async () => {
    const socket = await connect({ as: late.token });
    const before = [{ streamId: `conversation:${group}`, seq: joinedSeq }];
    await mutate("RemoveMember", ada, { conversationId: group, userId: late.id });
    await aMessage(ada, group, "secret 3");
    await mutate("AddMembers", ada, { conversationId: group, userIds: [late.id] });
    const again = (await read(ada, group))?.lastSeq ?? 0;
    const query = `subscription($after: [StreamPositionInput!]) { inboxEvents(after: $after) {
      __typename streamId seq ... on InboxOpened { positions { streamId seq } } } }`;
    const id = socket.subscribe(query, { after: before });
    const first = await socket.event<{ inboxEvents: object }>(id);
    expect(first.inboxEvents).toMatchObject({
      __typename: "InboxOpened",
      positions: expect.arrayContaining([{ streamId: `conversation:${group}`, seq: again }]),
    });
    expect(seqsOf(await read(late, group))).toEqual([]);
    socket.close();
  });

  test("sees the whole log of a group that shows it, and keeps that when the setting changes", async () => {
    const [cy] = await tokenHolders(1);
    await mutate("UpdateConversation", ada, { conversationId: group, history: "WHOLE" });
    await mutate("AddMembers", ada, { conversationId: group, userIds: [cy.id] });
    await mutate("UpdateConversation", ada, { conversationId: group, history: "FROM_JOINING" });
    expect(seqsOf(await read(cy, group))).toContain(old.seq);
    expect(seqsOf(await read(late, group))).toEqual([]);
  });
});

/** What two readers of the same shared subscription get for a change of the old message. */
async function heardBy(readers: readonly TokenHolder[], change: () => Promise<unknown>) {
  const after = (await read(ada, group))?.lastSeq ?? 0;
  const sockets = await Promise.all(readers.map(({ token }) => connect({ as: token })));
  const ids = sockets.map((socket) => socket.subscribe(SHARED, { conversationId: group, after }));
  // All are live: they have an event of the feed.
  await aMessage(ada, group, "for all");
  for (const [at, socket] of sockets.entries()) await take(socket, ids[at] ?? "", 1);
  await change();
  await aMessage(ada, group, "behind it");
  const heard = await Promise.all(sockets.map((socket, at) => take(socket, ids[at] ?? "", 2)));
  for (const socket of sockets) socket.close();
  return heard;
}

describe("a change of a message from before", () => {
  const changes: [string, () => Promise<unknown>][] = [
    ["edit", () => mutate("EditMessage", ada, { messageId: old.id, body: "secret 4" })],
    ["reaction", () => mutate("AddReaction", ada, { messageId: old.id, emoji: "🎉" })],
  ];
  test.each(changes)("is told to each reader as they see it: %s", async (_name, change) => {
    const [olds, news] = await heardBy([bob, late], change);
    expect(olds?.[0]).toMatchObject({ message: { id: old.id } });
    expect(JSON.stringify(olds)).toContain("secret");
    expect(news?.[0]).toMatchObject({ message: null });
    expect(JSON.stringify(news)).not.toContain("secret");
    for (const heard of [olds, news]) {
      const [changed, behind] = heard ?? [];
      expect(behind).toMatchObject({ prevSeq: changed?.seq, message: { body: "behind it" } });
    }
  });

  test("would reach newcomers by the shared frame, if the entry did not say who is left out", async () => {
    await withDatabase("messaging", async (client) => {
      await client.query(`create function test_forget() returns trigger language plpgsql as $$
        begin new.payload := new.payload - 'isHidden'; return new; end $$`);
      await client.query(`create trigger test_forget before insert on stream_entry
        for each row when (new.stream_id = 'conversation:${group}') execute function test_forget()`);
    });
    try {
      const change = () => mutate("EditMessage", ada, { messageId: old.id, body: "secret 5" });
      const [, news] = await heardBy([bob, late], change);
      expect(JSON.stringify(news)).toContain("secret 5");
    } finally {
      await withDatabase("messaging", (client) =>
        client.query("drop function test_forget cascade"),
      );
    }
  });
});
