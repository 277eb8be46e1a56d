// What a person sets and drafts in their conversations: theirs alone, on all their devices.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { connect } from "../../kit/socket.ts";
import { namedPeople, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read, withoutNames } from "./harness.ts";
import { type InboxEvent, openAtHeads, person, receive } from "./inbox-harness.ts";

interface Listed {
  readonly id: string;
  readonly kind: string;
  readonly unreadCount: number;
  readonly isMuted: boolean;
  readonly isArchived: boolean;
  readonly isHidden: boolean;
  readonly isFavourite: boolean;
  readonly isMarkedUnread: boolean;
  readonly draft: { readonly body: string; readonly version: number } | null;
}

async function list(as: TokenHolder, filter = "ALL"): Promise<Listed[]> {
  const variables = { first: 50, filter };
  const { conversations } = await dataOf<{ conversations: { edges: { node: Listed }[] } }>(
    withoutNames("Conversations"),
    variables,
    { as: as.token },
  );
  return conversations.edges.map(({ node }) => node);
}

const idsOf = async (as: TokenHolder, filter?: string) =>
  (await list(as, filter)).map(({ id }) => id);

async function totalUnread(as: TokenHolder): Promise<number | null> {
  const { me } = await dataOf<{ me: { totalUnread: number | null } }>(
    operation("TotalUnread"),
    {},
    { as: as.token },
  );
  return me.totalUnread;
}

describe("a conversation", () => {
  test("is archived until its next message, unless it is muted", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    await aMessage(ada, id);
    await mutate("ArchiveConversation", bob, { conversationId: id });
    expect([await idsOf(bob), await idsOf(bob, "ARCHIVED")]).toEqual([[], [id]]);
    expect(await idsOf(ada)).toEqual([id]);
    await aMessage(ada, id);
    expect([await idsOf(bob), await idsOf(bob, "ARCHIVED")]).toEqual([[id], []]);
    await mutate("MuteConversation", bob, { conversationId: id });
    await mutate("ArchiveConversation", bob, { conversationId: id });
    await aMessage(ada, id);
    expect([await idsOf(bob), await idsOf(bob, "ARCHIVED")]).toEqual([[], [id]]);
    await mutate("ArchiveConversation", bob, { conversationId: id, isArchived: false });
    expect(await idsOf(bob)).toEqual([id]);
  });

  test("is hidden until its next message, and readable all the time", async () => {
    const [ada, bob] = await tokenHolders(2);
    const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
    const id = conversation?.id ?? "";
    await mutate("HideConversation", ada, { conversationId: id });
    expect(await idsOf(ada)).toEqual([]);
    expect((await read(ada, id))?.id).toBe(id);
    await aMessage(bob, id);
    expect(await idsOf(ada)).toEqual([id]);
  });

  test("is in the lists that its state says", async () => {
    const [ada, bob] = await tokenHolders(2);
    const { conversation } = await mutate("OpenDirectConversation", bob, { userId: ada.id });
    const direct = conversation?.id ?? "";
    const group = await aGroup(ada, [bob]);
    await aMessage(ada, direct);
    await aMessage(bob, group);
    await mutate("MarkFavourite", ada, { conversationId: direct });
    expect(await idsOf(ada)).toEqual([group, direct]);
    expect(await idsOf(ada, "UNREAD")).toEqual([group]);
    expect(await idsOf(ada, "FAVOURITE")).toEqual([direct]);
    expect(await idsOf(ada, "GROUPS")).toEqual([group]);
    expect(await idsOf(ada, "DIRECT")).toEqual([direct]);
    await mutate("MarkUnread", ada, { conversationId: direct });
    expect(await idsOf(ada, "UNREAD")).toEqual([group, direct]);
  });

  test("is marked as unread until it is read, or its reader writes", async () => {
    const [ada, bob] = await tokenHolders(2);
    const id = await aGroup(ada, [bob]);
    const { seq } = await aMessage(ada, id);
    const isMarked = async () => (await list(bob))[0]?.isMarkedUnread;
    await mutate("MarkRead", bob, { conversationId: id, seq });
    await mutate("MarkUnread", bob, { conversationId: id });
    expect(await isMarked()).toBe(true);
    await mutate("MarkRead", bob, { conversationId: id, seq });
    expect(await isMarked()).toBe(false);
    await mutate("MarkUnread", bob, { conversationId: id });
    await aMessage(bob, id);
    expect(await isMarked()).toBe(false);
  });

  test("is unmuted at its time; a time in the past is refused", async () => {
    const [ada] = await tokenHolders(1);
    const conversationId = await aGroup(ada, []);
    const mute = (mutedUntil: string) =>
      refusalOf(
        operation("MuteConversation"),
        { input: { conversationId, mutedUntil } },
        { as: ada.token },
      );
    expect(await mute("2020-01-01T00:00:00Z")).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.mutedUntil",
    });
    await mutate("MuteConversation", ada, {
      conversationId,
      mutedUntil: new Date(Date.now() + 1_000).toISOString(),
    });
    expect((await list(ada))[0]?.isMuted).toBe(true);
    await expect.poll(async () => (await list(ada))[0]?.isMuted, { timeout: 5_000 }).toBe(false);
  });
});

test("the total counts what asks for attention, and is nobody else's", async () => {
  const [ada, bob] = await namedPeople(2);
  const groups = await Promise.all([1, 2, 3].map(() => aGroup(ada, [bob])));
  for (const group of groups) await aMessage(ada, group);
  await aMessage(ada, groups[0] ?? "");
  expect(await totalUnread(bob)).toBe(4);
  await mutate("MuteConversation", bob, { conversationId: groups[0] });
  await mutate("ArchiveConversation", bob, { conversationId: groups[1] });
  expect(await totalUnread(bob)).toBe(1);
  await mutate("MarkRead", bob, { conversationId: groups[2], seq: 1 });
  expect(await totalUnread(bob)).toBe(0);
  await mutate("MarkUnread", bob, { conversationId: groups[2] });
  expect(await totalUnread(bob)).toBe(1);
  const query = "query($id: ID!) { user(id: $id) { totalUnread } }";
  const { user } = await dataOf<{ user: object }>(query, { id: bob.id }, { as: ada.token });
  expect(user).toEqual({ totalUnread: null });
});

test("every change is told to the person's own devices, once, and to nobody else", async () => {
  const [ada, bob] = await tokenHolders(2);
  const id = await aGroup(ada, [bob]);
  const { id: messageId } = await aMessage(ada, id);
  const socket = await connect({ as: bob.token });
  const { id: inbox } = await openAtHeads(socket);
  const conversationId = id;
  for (const [name, input] of [
    ["MuteConversation", {}],
    ["MuteConversation", {}],
    ["ArchiveConversation", {}],
    ["MarkFavourite", {}],
    ["MarkFavourite", { isFavourite: true }],
    ["SaveDraft", { body: "Hel", expectedVersion: 0 }],
    ["SaveDraft", { body: "Hel", expectedVersion: 0 }],
    ["HideConversation", {}],
    ["ClearHistory", {}],
  ] as const) {
    await mutate(name, bob, { conversationId, ...input });
  }
  await mutate("DeleteMessageForMe", bob, { messageId });
  const second = await aMessage(bob, id);
  await mutate("DeleteMessageForMe", bob, { messageId: second.id });
  await mutate("DeleteMessageForMe", bob, { messageId: second.id });
  const events = (await receive(socket, inbox, 9)) as (InboxEvent & Record<string, unknown>)[];
  const own = events.filter(({ streamId }) => streamId === person(bob.id));
  expect(own.map(({ __typename }) => __typename)).toEqual([
    "ConversationSettingsChanged",
    "ConversationSettingsChanged",
    "ConversationSettingsChanged",
    "DraftChanged",
    "ConversationSettingsChanged",
    "ConversationRead",
    "HistoryCleared",
    "MessageHidden",
  ]);
  expect(own[0]).toMatchObject({ conversation: { id, isMuted: true } });
  expect(own[3]).toMatchObject({ draft: { body: "Hel", version: 1 } });
  expect(own[6]).toMatchObject({ clearedSeq: 1, conversation: { unreadCount: 0 } });
  expect(own[7]).toMatchObject({ messageSeq: 2 });
  await socket.close();
});

describe("a draft", () => {
  test("is refused when another device saved a newer one, with that one", async () => {
    const [ada] = await tokenHolders(1);
    const conversationId = await aGroup(ada, []);
    const save = (body: string, expectedVersion: number) =>
      mutate("SaveDraft", ada, { conversationId, body, expectedVersion });
    expect(await save("One", 0)).toMatchObject({ draft: { body: "One", version: 1 } });
    expect(await save("Two", 0)).toMatchObject({
      __typename: "StaleDraftProblem",
      draft: { body: "One", version: 1 },
    });
    expect(await save("Two", 1)).toMatchObject({ draft: { body: "Two", version: 2 } });
    expect(await save("", 2)).toMatchObject({ draft: { body: "", version: 3 } });
    expect((await list(ada))[0]?.draft).toMatchObject({ body: "", version: 3 });
  });

  test("is lost by none of many devices that save at once", async () => {
    const [ada] = await tokenHolders(1);
    const conversationId = await aGroup(ada, []);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((at) =>
        mutate("SaveDraft", ada, { conversationId, body: `Text ${at}`, expectedVersion: 0 }),
      ),
    );
    const saved = answers.filter(({ __typename }) => __typename === "SaveDraftSuccess");
    expect(saved).toHaveLength(1);
  });
});

describe("a note to self", () => {
  const open = async (as: TokenHolder) => {
    const { openNoteToSelf } = await dataOf<{ openNoteToSelf: { conversation: { id: string } } }>(
      operation("OpenNoteToSelf"),
      {},
      { as: as.token },
    );
    return openNoteToSelf.conversation.id;
  };

  test("is one for each person, and takes nobody in", async () => {
    const [ada, bob] = await tokenHolders(2);
    const opened = await Promise.all([open(ada), open(ada), open(ada)]);
    const [id] = opened;
    expect(new Set(opened).size).toBe(1);
    expect(await list(ada)).toMatchObject([{ id, kind: "NOTE" }]);
    await aMessage(ada, id, "remember");
    expect(await read(bob, id)).toBeNull();
    const added = await mutate("AddMembers", ada, { conversationId: id, userIds: [bob.id] });
    expect(added.__typename).toBe("DirectConversationProblem");
    const left = await mutate("LeaveConversation", ada, { conversationId: id });
    expect(left.__typename).toBe("DirectConversationProblem");
  });

  test("goes with its person", async () => {
    const [ada] = await tokenHolders(1);
    await open(ada);
    await eraseIn("messaging", ada.id);
    const ofAda = "select from conversation where note_of = $1";
    await untilRows("messaging", ofAda, [ada.id], 0);
  });
});
