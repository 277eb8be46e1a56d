// Refusals change nothing. Invalid input is named; for people outside a conversation it does not
// exist, in the same words.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { aTokenHolder, tokenHolders } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, aMessage, logOf, mutate, read, send, withoutNames } from "./harness.ts";

describe("a person outside a conversation", () => {
  test("can change nothing in it, and gets the answer for one that does not exist", async () => {
    const [ada, bob, stranger] = await tokenHolders(3);
    const group = await aGroup(ada, [bob]);
    const { id: messageId } = await aMessage(bob, group, "private");
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    const attempts: [string, (conversationId: string, messageId: string) => object][] = [
      ["SendMessage", (conversationId) => ({ conversationId, clientMessageId: "x", body: "x" })],
      ["MarkRead", (conversationId) => ({ conversationId, seq: 1 })],
      ["AddMembers", (conversationId) => ({ conversationId, userIds: [newId()] })],
      ["RemoveMember", (conversationId) => ({ conversationId, userId: ada.id })],
      ["UpdateConversation", (conversationId) => ({ conversationId, title: "x" })],
      ["SetMemberRole", (conversationId) => ({ conversationId, userId: ada.id, role: "GUEST" })],
      ["HandOverGroup", (conversationId) => ({ conversationId, userId: ada.id })],
      ["LeaveConversation", (conversationId) => ({ conversationId })],
      ["EditMessage", (_, id) => ({ messageId: id, body: "x" })],
      ["DeleteMessage", (_, id) => ({ messageId: id })],
      ["AddReaction", (_, id) => ({ messageId: id, emoji: "👍" })],
      ["RemoveReaction", (_, id) => ({ messageId: id, emoji: "👍" })],
      ["PinMessage", (_, id) => ({ messageId: id })],
      ["UnpinMessage", (_, id) => ({ messageId: id })],
    ];
    const before = await logOf(group);
    const admin = {
      token: await accessToken({
        userId: newId(),
        scopes: ["admin", "messages:write", "verified"],
      }),
    };
    for (const { token } of [bob, stranger, admin]) {
      for (const [name, inputOf] of attempts) {
        const unknown = newId();
        const [real, none] = await Promise.all([
          ask(operation(name), { input: inputOf(group, messageId) }, { as: token }),
          ask(operation(name), { input: inputOf(unknown, unknown) }, { as: token }),
        ]);
        const heard = [real, none].map(({ errors }) => errors?.[0]);
        expect(heard.map((error) => error?.extensions.code)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
        const words = heard.map((error) => error?.message.replace(/"[^"]*"/, "…"));
        expect(words[0]).toBe(words[1]);
      }
      expect(await read({ token }, group)).toBeNull();
    }
    expect(await logOf(group)).toEqual(before);
  });

  test("reads no message through a reference either", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const { id: replyToId } = await aMessage(ada, group, "private");
    const reply = await send(bob, group, "reply", { replyToId });
    expect(reply.message).toMatchObject({ replyToId });
    const stranger = await aTokenHolder();
    const elsewhere = await aGroup(stranger, []);
    const input = { conversationId: elsewhere, clientMessageId: "x", body: "x", replyToId };
    const refusal = await refusalOf(operation("SendMessage"), { input }, { as: stranger.token });
    expect(refusal.code).toBe("NOT_FOUND");
  });
});

test("a refused addition does not create streams for the people who were named", async () => {
  const [ada, stranger] = await tokenHolders(2);
  const group = await aGroup(ada, []);
  const unknown = newId();
  const input = { conversationId: group, userIds: [unknown] };
  await refusalOf(operation("AddMembers"), { input }, { as: stranger.token });
  const { rowCount } = await withDatabase("messaging", (client) =>
    client.query("select from stream where id = $1", [`person:${unknown}`]),
  );
  expect(rowCount).toBe(0);
});

test("sending needs a sign-in and the scope", async () => {
  const ada = await aTokenHolder();
  const group = await aGroup(ada, []);
  const input = { conversationId: group, clientMessageId: "x", body: "x" };
  expect((await refusalOf(operation("SendMessage"), { input })).code).toBe("UNAUTHENTICATED");
  const reader = await accessToken({ userId: ada.id, scopes: [] });
  const refusal = await refusalOf(operation("SendMessage"), { input }, { as: reader });
  expect(refusal).toMatchObject({ code: "FORBIDDEN", scopes: [["messages:write"]] });
  const anonymous = await refusalOf(withoutNames("ConversationPage"), { id: group });
  expect(anonymous.code).toBe("UNAUTHENTICATED");
});

describe("invalid input is named in the error and changes nothing:", () => {
  const long = "x".repeat(8_001);
  test.each([
    ["SendMessage", { body: "" }, "input.body"],
    ["SendMessage", { body: " \n\t " }, "input.body"],
    ["SendMessage", { body: long }, "input.body"],
    ["SendMessage", { body: "nul \0 nul" }, "input.body"],
    ["SendMessage", { body: "\ud83d" }, "input.body"],
    ["SendMessage", { clientMessageId: "" }, "input.clientMessageId"],
    ["SendMessage", { clientMessageId: "x".repeat(101) }, "input.clientMessageId"],
    ["EditMessage", { body: long }, "input.body"],
    ["EditMessage", { body: "x", expectedVersion: 0 }, "input.expectedVersion"],
    ["AddReaction", { emoji: "hello" }, "input.emoji"],
    ["AddReaction", { emoji: "👍👍" }, "input.emoji"],
    ["AddReaction", { emoji: "" }, "input.emoji"],
    ["AddReaction", { emoji: "👍\u0301\u0301\u0301" }, "input.emoji"],
    ["AddReaction", { emoji: "👍\u200d" }, "input.emoji"],
    ["AddReaction", { emoji: "👍\u{e0067}\u{e007f}" }, "input.emoji"],
    ["MarkRead", { seq: -1 }, "input.seq"],
    ["CreateGroupConversation", { title: "\u202e", memberIds: [] }, "input.title"],
    ["CreateGroupConversation", { title: "x".repeat(141), memberIds: [] }, "input.title"],
    ["CreateGroupConversation", { title: "x", memberIds: ["nonsense"] }, "input.memberIds[0]"],
    ["AddMembers", { userIds: ["nonsense"] }, "input.userIds[0]"],
  ])("%s %j", async (name, wish, field) => {
    const ada = await aTokenHolder();
    const group = await aGroup(ada, []);
    const { id: messageId } = await aMessage(ada, group);
    const given: Record<string, object> = {
      SendMessage: { conversationId: group, clientMessageId: "x", body: "x" },
      EditMessage: { messageId },
      AddReaction: { messageId },
      MarkRead: { conversationId: group },
      AddMembers: { conversationId: group },
    };
    const input = { ...given[name], ...wish };
    const refusal = await refusalOf(operation(name), { input }, { as: ada.token });
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field });
    expect(await logOf(group)).toHaveLength(1);
  });

  test("paging arguments", async () => {
    const ada = await aTokenHolder();
    const group = await aGroup(ada, []);
    const page = withoutNames("ConversationPage");
    for (const [paging, field] of [
      [{ first: 0 }, "first"],
      [{ last: 101 }, "last"],
      [{ first: 1, last: 1 }, "last"],
      [{ before: "nonsense" }, "before"],
      [{ after: "nonsense" }, "after"],
      [{ aroundSeq: 1, last: 1 }, "aroundSeq"],
      [{ aroundSeq: -1 }, "aroundSeq"],
    ] as const) {
      const refusal = await refusalOf(page, { id: group, ...paging }, { as: ada.token });
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field });
    }
  });
});

describe("these refusals are problems:", () => {
  test("editing another's message, a newer version, or a deleted message", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const { id: messageId } = await aMessage(ada, group, "one");
    const edit = (as: typeof ada, input: object) =>
      mutate("EditMessage", as, { messageId, ...input });
    expect((await edit(bob, { body: "x" })).__typename).toBe("NotSenderProblem");
    const two = { body: "two", expectedVersion: 1 };
    expect((await edit(ada, two)).message).toMatchObject({ version: 2, body: "two" });
    expect((await edit(ada, two)).__typename).toBe("EditMessageSuccess");
    expect(await edit(ada, { body: "three", expectedVersion: 1 })).toMatchObject({
      __typename: "StaleVersionProblem",
      currentVersion: 2,
    });
    expect((await mutate("DeleteMessage", bob, { messageId })).__typename).toBe("NotSenderProblem");
    await mutate("DeleteMessage", ada, { messageId });
    const again = await mutate("DeleteMessage", ada, { messageId });
    expect(again.message).toMatchObject({ body: null, seq: 1 });
    expect((await edit(ada, { body: "x" })).__typename).toBe("MessageDeletedProblem");
    const react = await mutate("AddReaction", ada, { messageId, emoji: "👍" });
    expect(react.__typename).toBe("MessageDeletedProblem");
    expect(await logOf(group)).toHaveLength(3);
  });

  test("a repeated reaction, a person's sixth, and a twenty-first emoji", async () => {
    const [ada, bob, ...others] = await tokenHolders(5);
    const group = await aGroup(ada, [bob, ...others]);
    const { id: messageId } = await aMessage(ada, group);
    const emojis = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓"];
    for (const [at, emoji] of emojis.entries()) {
      const by = [ada, ...others][Math.floor(at / 5)] ?? ada;
      await mutate("AddReaction", by, { messageId, emoji });
    }
    await mutate("AddReaction", ada, { messageId, emoji: "😀" });
    const sixth = await mutate("AddReaction", ada, { messageId, emoji: "😓" });
    expect(sixth).toMatchObject({ __typename: "TooManyOwnReactionsProblem", ownKindsMax: 5 });
    const full = await mutate("AddReaction", bob, { messageId, emoji: "🎉" });
    expect(full).toMatchObject({ __typename: "TooManyReactionsProblem", kindsMax: 20 });
    const both = await mutate("AddReaction", bob, { messageId, emoji: "😀" });
    expect(both.message?.reactions?.[0]).toEqual({ emoji: "😀", count: 2, isViewerAmong: true });
    await mutate("RemoveReaction", bob, { messageId, emoji: "😓" });
    expect(await logOf(group)).toHaveLength(1 + emojis.length + 1);
  });

  test("managing another's group, and changing the members of a direct conversation", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const group = await aGroup(ada, [bob]);
    const inGroup = { conversationId: group };
    const byBob = await mutate("AddMembers", bob, { ...inGroup, userIds: [cy.id] });
    expect(byBob).toMatchObject({ __typename: "NotAllowedProblem", right: "ADD_MEMBERS" });
    const removed = await mutate("RemoveMember", bob, { ...inGroup, userId: ada.id });
    expect(removed).toMatchObject({ __typename: "NotAllowedProblem", right: "REMOVE_MEMBERS" });
    const crowd = Array.from({ length: 255 }, newId);
    const tooMany = await mutate("AddMembers", ada, { ...inGroup, userIds: crowd });
    expect(tooMany).toMatchObject({ __typename: "TooManyMembersProblem", membersMax: 256 });
    const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
    const direct = { conversationId: conversation?.id };
    for (const [name, input] of [
      ["AddMembers", { ...direct, userIds: [cy.id] }],
      ["RemoveMember", { ...direct, userId: bob.id }],
      ["LeaveConversation", direct],
    ] as const) {
      expect((await mutate(name, ada, input)).__typename).toBe("DirectConversationProblem");
    }
    await mutate("LeaveConversation", ada, inGroup);
    const inherited = await mutate("AddMembers", bob, { ...inGroup, userIds: [cy.id] });
    expect(inherited.__typename).toBe("AddMembersSuccess");
  });
});
