// An erased account: its messages lose their texts and keep their places, it leaves all
// conversations, and nothing that comes late brings it back.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, refusalOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { eraseIn, tellErasure, tellFact, untilErased } from "../../kit/erasures.ts";
import { placesOf } from "../../kit/places.ts";
import { codeOf, connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, read, send, take, upTo, watch } from "./harness.ts";

const DIRECT = operation("OpenDirectConversation");

async function direct(one: TokenHolder, other: TokenHolder): Promise<string> {
  const { conversation } = await mutate("OpenDirectConversation", one, { userId: other.id });
  return conversation?.id ?? "";
}

describe("the messages of an erased account", () => {
  test("lose all texts, keep their places, and are told as deleted by nobody", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const first = await aMessage(ada, group, "secret one");
    await mutate("EditMessage", ada, { messageId: first.id, body: "secret two" });
    const answer = await send(bob, group, "fine", { replyToId: first.id });
    await mutate("AddReaction", ada, { messageId: answer.message?.id, emoji: "🎉" });
    await mutate("AddReaction", bob, { messageId: first.id, emoji: "👍" });
    await mutate("PinMessage", bob, { messageId: first.id });
    const before = (await logOf(group)).length;
    const socket = await connect({ as: bob.token });
    const id = watch(socket, group, before);

    await eraseIn("messaging", ada.id);

    const page = await read(bob, group);
    expect(page?.messages.edges.map(({ node }) => node)).toMatchObject([
      { id: first.id, seq: first.seq, body: null, deletedAt: expect.any(String), reactions: [] },
      { id: answer.message?.id, body: "fine", reactions: [] },
    ]);
    expect(page?.members.edges.map(({ node }) => node)).toMatchObject([{ role: "OWNER" }]);
    const events = await take(socket, id, 3);
    expect(events.map(({ __typename }) => __typename)).toEqual([
      "MessageDeleted",
      "ReactionChanged",
      "MembersChanged",
    ]);
    const told = (await logOf(group)).slice(before);
    expect(told.map(({ payload }) => payload)).toEqual([
      { messageId: first.id },
      { messageId: answer.message?.id, emoji: "🎉", isAdded: false },
      { added: [], removed: [ada.id], newOwnerId: bob.id },
    ]);
    await socket.close();
  });

  test("go from groups that the person has left, too", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(bob, [ada]);
    const { id } = await aMessage(ada, group, "before I left");
    await mutate("LeaveConversation", ada, { conversationId: group });
    await eraseIn("messaging", ada.id);
    const page = await read(bob, group);
    expect(page?.messages.edges.map(({ node }) => node)).toMatchObject([{ id, body: null }]);
  });

  test("are erased in batches, and only once", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(bob, [ada]);
    await Promise.all(upTo(450).map((at) => aMessage(ada, group, `m${at}`)));
    const erasureId = await tellErasure(ada.id);
    await untilErased("messaging", erasureId);
    const types = (await logOf(group)).map(({ type }) => type);
    expect(types.filter((type) => type === "messageDeleted")).toHaveLength(450);
    expect(types).toHaveLength(901);
    await tellFact("users.account.erased.v1", ada.id, { userId: ada.id, erasureId });
    await eraseIn("messaging", ada.id);
    expect(await logOf(group)).toHaveLength(901);
  });

  test("that are sent at once with the erasure do not survive it, at any replica", async () => {
    const people = await tokenHolders(21);
    const [ada, ...others] = people;
    if (!ada) throw new Error("nobody");
    const groups = await Promise.all(others.map((other) => aGroup(other, [ada])));
    const erasing = tellErasure(ada.id);
    const sends = groups.flatMap((group, at) =>
      upTo(10).map((n) =>
        ask(
          operation("SendMessage"),
          {
            input: { conversationId: group, body: `late ${n}`, clientMessageId: randomUUID() },
          },
          { as: ada.token, router: (at + n) % 2 },
        ),
      ),
    );
    await Promise.all(sends);
    await untilErased("messaging", await erasing);
    const { rows } = await withDatabase("messaging", (client) =>
      client.query("select from message where sender_id = $1 or body like 'late %'", [ada.id]),
    );
    expect(rows).toHaveLength(0);
  });
});

describe("nothing of an erased account", () => {
  test("is left but its bare id in logs and in the pair of a direct conversation", async () => {
    const [ada, bob, eve] = await tokenHolders(3);
    const group = await aGroup(ada, [bob], "A title of Ada's");
    await aMessage(ada, group);
    const pair = await direct(ada, bob);
    await aMessage(ada, pair);
    await mutate("MarkRead", ada, { conversationId: group, seq: 1 });
    await tellFact("users.block.changed.v1", `${eve.id}:${ada.id}`, {
      blockerId: eve.id,
      blockedId: ada.id,
      isBlocked: true,
    });
    const block = "select from block where blocked_id = $1";
    await untilRows("messaging", block, [ada.id], 1);
    expect((await placesOf("messaging", ada.id)).length).toBeGreaterThan(6);
    await eraseIn("messaging", ada.id);
    expect(await placesOf("messaging", ada.id)).toEqual([
      expect.stringMatching(/^conversation\.pair_(low|high)$/),
      "erasure.user_id",
      "outbox.key",
      "outbox.payload",
      "stream.id",
      "stream_entry.payload",
      "stream_entry.stream_id",
    ]);
  });

  test("is stored again by requests with a token that is still valid", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob], "A title of Ada's");
    const { id: messageId } = await aMessage(bob, group);
    await eraseIn("messaging", ada.id);
    const before = await placesOf("messaging", ada.id);
    const message = { conversationId: group, body: "late", clientMessageId: randomUUID() };
    // The first five are for members, and an erased person is none.
    const requests: [string, object, string][] = [
      ["SendMessage", message, "NOT_FOUND"],
      ["AddReaction", { messageId, emoji: "👍" }, "NOT_FOUND"],
      ["PinMessage", { messageId }, "NOT_FOUND"],
      ["MarkRead", { conversationId: group, seq: 1 }, "NOT_FOUND"],
      ["SetTyping", { conversationId: group, isTyping: true }, "NOT_FOUND"],
      ["CreateGroupConversation", { title: "late", memberIds: [bob.id] }, "UNAUTHENTICATED"],
      ["OpenDirectConversation", { userId: bob.id }, "UNAUTHENTICATED"],
    ];
    for (const [name, input, code] of requests) {
      expect(await refusalOf(operation(name), { input }, { as: ada.token })).toMatchObject({
        code,
      });
    }
    const socket = await connect({ as: ada.token, subscriberId: "late" });
    const refused = await socket.next(socket.subscribe(operation("InboxEvents")));
    expect(codeOf(refused)).toBe("UNAUTHENTICATED");
    socket.close();
    expect(await placesOf("messaging", ada.id)).toEqual(before);
    expect(before).toEqual([
      "erasure.user_id",
      "outbox.key",
      "outbox.payload",
      "stream_entry.payload",
    ]);
  });

  test("is a member, and the title of a group without members goes", async () => {
    const [ada] = await tokenHolders(1);
    const group = await aGroup(ada, [], "Only mine");
    await eraseIn("messaging", ada.id);
    const { rows } = await withDatabase("messaging", (client) =>
      client.query("select title from conversation where id = $1", [group]),
    );
    expect(rows).toEqual([{ title: "" }]);
  });
});

describe("an erased account", () => {
  test("leaves direct conversations to the other one, who cannot open or fill new ones with it", async () => {
    const [ada, bob] = await tokenHolders(2);
    const pair = await direct(ada, bob);
    await aMessage(ada, pair, "gone");
    await aMessage(bob, pair, "mine");
    const group = await aGroup(bob, []);
    await eraseIn("messaging", ada.id);
    const page = await read(bob, pair);
    expect(page?.messages.edges.map(({ node }) => node.body)).toEqual([null, "mine"]);
    expect(page?.members.edges).toHaveLength(1);
    const wishes: [string, object][] = [
      [DIRECT, { userId: ada.id }],
      [operation("CreateGroupConversation"), { title: "Again", memberIds: [ada.id] }],
      [operation("AddMembers"), { conversationId: group, userIds: [ada.id] }],
    ];
    for (const [query, input] of wishes) {
      expect(await refusalOf(query, { input }, { as: bob.token })).toMatchObject({
        code: "NOT_FOUND",
      });
    }
  });

  test("is not brought back by events that come late", async () => {
    const [ada, bob] = await tokenHolders(2);
    await eraseIn("messaging", ada.id);
    const userIds = [ada.id, bob.id];
    const createdAt = new Date().toISOString();
    await tellFact("users.account.created.v1", ada.id, { userId: ada.id, createdAt });
    await tellFact("matching.match.created.v1", newId(), { matchId: newId(), userIds, createdAt });
    // Behind them in both sources, so they have been applied when these are.
    const [eve, joe] = await tokenHolders(2);
    const pair = { matchId: newId(), userIds: [eve.id, joe.id], createdAt };
    await tellFact("matching.match.created.v1", pair.matchId, pair);
    await untilRows("messaging", "select from match where id = $1", [pair.matchId], 1);
    await eraseIn("messaging", eve.id);
    await untilRows("messaging", "select from person where id = $1", [ada.id], 0);
    await untilRows("messaging", "select from member where user_id = $1", [ada.id], 0);
    await untilRows(
      "messaging",
      "select from match where $1 in (pair_low, pair_high)",
      [ada.id],
      0,
    );
  });
});
