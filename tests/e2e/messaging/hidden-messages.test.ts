// What a person deleted for themselves, or cleared: nowhere any more for them, and as before for
// all others.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, codeOf, logOf, mutate, read, send } from "./harness.ts";

describe("a message that one deleted for oneself", () => {
  test("is nowhere any more for oneself, and everywhere for others", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    const first = await aMessage(ada, id, "secret");
    const reply = await send(ada, id, "public", { replyToId: first.id });
    await mutate("PinMessage", ada, { messageId: first.id });
    await mutate("DeleteMessageForMe", bob, { messageId: first.id });
    const answers = async (as: TokenHolder) => {
      const around = await read(as, id, { aroundSeq: 1, first: 10 });
      const forward = await read(as, id, { first: 10 });
      const pins = await dataOf(operation("PinnedMessages"), { id, first: 10 }, { as: as.token });
      const query = "query($id: ID!) { message(id: $id) { body } }";
      const one = await dataOf(query, { id: first.id }, { as: as.token });
      return JSON.stringify([around, forward, pins, one]);
    };
    expect(await answers(bob)).not.toContain("secret");
    expect(await answers(bob)).toContain("public");
    expect(await answers(ada)).toContain("secret");
    expect((await read(bob, id))?.unreadCount).toBe(1);
    expect(reply.message?.id).toBeTruthy();
    const react = { messageId: first.id, emoji: "👍" };
    expect(
      await refusalOf(operation("AddReaction"), { input: react }, { as: bob.token }),
    ).toMatchObject({ code: "NOT_FOUND" });
  });

  test.each(["DeleteMessageForMe", "ClearHistory"])(
    "is a message that does not exist for everything that one can do, behind %s too",
    async (name) => {
      const [ada, bob] = await tokenHolders(2);
      const id = await aGroup(ada, [bob]);
      const { id: messageId } = await aMessage(ada, id);
      await mutate(name, ada, name === "ClearHistory" ? { conversationId: id } : { messageId });
      const wish = () => ({ conversationId: id, clientMessageId: randomUUID(), body: "hello" });
      const { body: _, ...forward } = wish();
      const tried: Record<string, string> = {};
      for (const [key, operationName, input] of [
        ["reply", "SendMessage", { ...wish(), replyToId: messageId }],
        ["thread", "SendMessage", { ...wish(), threadRootId: messageId }],
        ["forward", "ForwardMessage", { ...forward, messageId }],
        ["react", "AddReaction", { messageId, emoji: "👍" }],
        ["unreact", "RemoveReaction", { messageId, emoji: "👍" }],
        ["pin", "PinMessage", { messageId }],
        ["unpin", "UnpinMessage", { messageId }],
        ["edit", "EditMessage", { messageId, body: "edited" }],
        ["delete", "DeleteMessage", { messageId }],
        ["mark", "MarkThreadRead", { messageId, seq: 1 }],
        ["follow", "FollowThread", { messageId }],
      ] as const) {
        tried[key] = await codeOf(operationName, ada, input);
      }
      expect(new Set(Object.values(tried))).toEqual(new Set(["NOT_FOUND"]));
      expect(await logOf(id)).toHaveLength(1);
      const { message } = await send(bob, id, "reply", { replyToId: messageId });
      expect(message?.seq).toBe(2);
      expect((await send(bob, id, "in a thread", { threadRootId: messageId })).message?.seq).toBe(
        3,
      );
    },
  );

  test("mentions one no more, and the next mention is the first", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    const query =
      "query($id: ID!) { conversation(id: $id) { unreadMentions firstUnreadMentionSeq } }";
    const mentionsOf = () => dataOf(query, { id }, { as: bob.token });
    const counts = (unreadMentions: number, firstUnreadMentionSeq: number | null) => ({
      conversation: { unreadMentions, firstUnreadMentionSeq },
    });
    const mentions = [{ userId: bob.id, start: 0, length: 4 }];
    const { message: first } = await send(ada, id, "@Bob", { mentions });
    const { message: second } = await send(ada, id, "@all", { isMentioningAll: true });
    expect(await mentionsOf()).toEqual(counts(2, 1));
    await mutate("DeleteMessageForMe", bob, { messageId: first?.id });
    expect(await mentionsOf()).toEqual(counts(1, 2));
    await mutate("DeleteMessageForMe", bob, { messageId: second?.id });
    expect(await mentionsOf()).toEqual(counts(0, null));
    await send(ada, id, "@Bob", { mentions });
    expect(await mentionsOf()).toEqual(counts(1, 3));
    await mutate("ClearHistory", bob, { conversationId: id });
    expect(await mentionsOf()).toEqual(counts(0, null));
  });

  test("does not come back by a replay", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    const { id: messageId } = await aMessage(ada, id, "secret");
    await aMessage(ada, id, "cleared");
    await mutate("DeleteMessageForMe", bob, { messageId });
    await mutate("ClearHistory", bob, { conversationId: id });
    await aMessage(ada, id, "new");
    const socket = await connect({ as: bob.token });
    const query = `subscription($id: ID!) { conversationEvents(conversationId: $id, after: 0) {
      seq ... on MessageSent { message { body conversation { readSeq } } } } }`;
    const stream = socket.subscribe(query, { id });
    const bodies: unknown[] = [];
    for (let at = 0; at < 3; at += 1) {
      const { conversationEvents } = await socket.event<{
        conversationEvents: { message: { body: string } | null };
      }>(stream);
      bodies.push(conversationEvents.message?.body ?? null);
    }
    expect(bodies).toEqual([null, null, "new"]);
    await socket.close();
  });

  test("leaves the answer to a late retry as it is", async () => {
    const [ada] = await tokenHolders(1);
    const id = await aGroup(ada, []);
    const wish = { clientMessageId: randomUUID() };
    const { message } = await send(ada, id, "once", wish);
    await mutate("DeleteMessageForMe", ada, { messageId: message?.id });
    expect((await send(ada, id, "once", wish)).message?.id).toBe(message?.id);
  });

  test("a cleared history is empty with its changes of members, and goes on with what is new", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, []);
    await mutate("AddMembers", ada, { conversationId: id, userIds: [bob.id] });
    await aMessage(ada, id, "old");
    await mutate("ClearHistory", bob, { conversationId: id });
    const page = (await read(bob, id)) as unknown as Record<string, unknown>;
    expect(page).toMatchObject({ unreadCount: 0, clearedSeq: 2 });
    expect(page.messages).toMatchObject({ edges: [], happenings: [] });
    await aMessage(ada, id, "new");
    expect((await read(bob, id))?.messages.edges).toMatchObject([{ node: { body: "new" } }]);
    expect((await read(ada, id))?.messages.edges).toHaveLength(2);
  });
});
