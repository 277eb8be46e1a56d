// Mentions: of members alone, in whole characters, counted for those whom they mention, and gone
// with the text or the person.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { aPerson, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aCountedGroup, type CountedReplicas, changeAtOnce, openCounted } from "./counting.ts";
import { aGroup, aMessage, mutate, send } from "./harness.ts";
import { miscounted } from "./recounts.ts";

const MENTIONS = "id version mentions { user { id } start length } isMentioningAll";
const PROBLEMS = `__typename ... on MentionNotMemberProblem { reason userIds }
  ... on NotAllowedProblem { reason right } ... on Problem { reason }`;
const SEND = `mutation($input: SendMessageInput!) { sendMessage(input: $input) { ${PROBLEMS}
  ... on SendMessageSuccess { message { ${MENTIONS} } } } }`;
const EDIT = `mutation($input: EditMessageInput!) { editMessage(input: $input) { ${PROBLEMS}
  ... on EditMessageSuccess { message { ${MENTIONS} } } } }`;

interface Answer {
  readonly __typename: string;
  readonly userIds?: string[];
  readonly right?: string;
  readonly message?: { readonly id: string; readonly version: number; readonly mentions: unknown };
}

const mention = (person: TokenHolder, start = 0, length = 4) => ({
  userId: person.id,
  start,
  length,
});

const inputOf = (conversationId: string, wish: object) => ({
  ...{ conversationId, clientMessageId: randomUUID(), body: "@Ada and @Bob, hello" },
  ...wish,
});

async function say(as: TokenHolder, conversationId: string, wish: object): Promise<Answer> {
  const variables = { input: inputOf(conversationId, wish) };
  const { sendMessage } = await dataOf<{ sendMessage: Answer }>(SEND, variables, { as: as.token });
  return sendMessage;
}

async function edit(as: TokenHolder, messageId: string, wish: object): Promise<Answer> {
  const variables = { input: { messageId, body: "@Ada hello", ...wish } };
  const { editMessage } = await dataOf<{ editMessage: Answer }>(EDIT, variables, { as: as.token });
  return editMessage;
}

interface Counts {
  readonly unreadMentions: number;
  readonly firstUnreadMentionSeq: number | null;
}

/** The viewer's unread mentions in a conversation, and where the first one is. */
async function countsOf({ token }: TokenHolder, conversationId: string) {
  const { conversation } = await dataOf<{ conversation: Counts }>(
    "query($id: ID!) { conversation(id: $id) { unreadMentions firstUnreadMentionSeq } }",
    { id: conversationId },
    { as: token },
  );
  return [conversation.unreadMentions, conversation.firstUnreadMentionSeq];
}

describe("a message mentions", () => {
  test("members, in the order of its text, and each of them counts it once", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const group = await aGroup(ada, [bob, cy]);
    const { message } = await say(ada, group, {
      mentions: [mention(bob, 9), mention(cy, 0), mention(bob, 4, 1)],
    });
    expect(message?.mentions).toEqual([
      { user: { id: cy.id }, start: 0, length: 4 },
      { user: { id: bob.id }, start: 4, length: 1 },
      { user: { id: bob.id }, start: 9, length: 4 },
    ]);
    expect(await countsOf(bob, group)).toEqual([1, 1]);
    expect(await countsOf(ada, group)).toEqual([0, null]);
    await aMessage(ada, group);
    await say(cy, group, { mentions: [mention(bob)] });
    expect(await countsOf(bob, group)).toEqual([2, 1]);
    await mutate("MarkRead", bob, { conversationId: group, seq: 2 });
    expect(await countsOf(bob, group)).toEqual([1, 3]);
    await mutate("MarkRead", bob, { conversationId: group, seq: 3 });
    expect(await countsOf(bob, group)).toEqual([0, null]);
  });

  test("all members, if an owner or an admin says so", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const group = await aGroup(ada, [bob, cy]);
    expect(await say(bob, group, { isMentioningAll: true })).toMatchObject({
      __typename: "NotAllowedProblem",
      right: "MENTION_ALL",
    });
    const sent = await say(ada, group, { isMentioningAll: true, mentions: [mention(bob)] });
    expect(sent.message).toMatchObject({ isMentioningAll: true });
    expect(await countsOf(bob, group)).toEqual([1, 1]);
    expect(await countsOf(cy, group)).toEqual([1, 1]);
    const messageId = (await say(bob, group, {})).message?.id ?? "";
    expect(await edit(bob, messageId, { isMentioningAll: true })).toMatchObject({
      __typename: "NotAllowedProblem",
    });
  });

  test("nobody else: the refusal names who is no member, and nothing is stored", async () => {
    const [ada, bob, stranger] = await tokenHolders(3);
    const group = await aGroup(ada, [bob]);
    const wish = { mentions: [mention(bob), mention(stranger, 9)] };
    const refusal = { __typename: "MentionNotMemberProblem", userIds: [stranger.id] };
    expect(await say(ada, group, wish)).toMatchObject(refusal);
    const messageId = (await say(ada, group, {})).message?.id ?? "";
    expect(await edit(ada, messageId, { mentions: [mention(stranger)] })).toMatchObject(refusal);
    expect(await countsOf(bob, group)).toEqual([0, null]);
  });

  test("no part beyond its text, no overlap and no half of a character", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const wrong: [object, string][] = [
      [{ mentions: [mention(bob, 18, 4)] }, "input.mentions[0].length"],
      [{ mentions: [mention(bob, 0, 4), mention(bob, 3, 4)] }, "input.mentions[1].start"],
      [{ body: "👋@Bob", mentions: [mention(bob, 1, 5)] }, "input.mentions[0].start"],
      [{ mentions: [{ userId: "nobody", start: 0, length: 4 }] }, "input.mentions[0]"],
    ];
    for (const [wish, field] of wrong) {
      const variables = { input: inputOf(group, wish) };
      const refusal = await refusalOf(SEND, variables, { as: ada.token });
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field });
    }
  });

  test("the same people when it is sent again, and is another message with others", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const wish = { clientMessageId: randomUUID(), mentions: [mention(bob, 9), mention(ada)] };
    const first = await say(ada, group, wish);
    const again = await say(ada, group, { ...wish, mentions: [mention(ada), mention(bob, 9)] });
    expect(again).toEqual(first);
    const others = [
      { ...wish, mentions: [mention(ada)] },
      { ...wish, isMentioningAll: true },
    ];
    for (const other of others) {
      expect(await say(ada, group, other)).toMatchObject({
        __typename: "IdempotencyConflictProblem",
      });
    }
    expect(await countsOf(bob, group)).toEqual([1, 1]);
  });

  test("the people of its new text after an edit, and nobody once it is deleted", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const group = await aGroup(ada, [bob, cy]);
    const messageId =
      (await say(ada, group, { mentions: [mention(bob)], isMentioningAll: false })).message?.id ??
      "";
    const edited = await edit(ada, messageId, { mentions: [mention(cy)] });
    expect(edited.message).toMatchObject({ version: 2, mentions: [{ user: { id: cy.id } }] });
    expect((await countsOf(bob, group))[0]).toBe(0);
    expect((await countsOf(cy, group))[0]).toBe(1);
    // The same text without a word about mentions changes nothing.
    expect((await edit(ada, messageId, {})).message).toMatchObject({ version: 2 });
    expect((await edit(ada, messageId, { mentions: [mention(bob)] })).message).toMatchObject({
      version: 3,
    });
    expect((await countsOf(bob, group))[0]).toBe(1);
    const { message } = await mutate("DeleteMessage", ada, { messageId });
    expect(message?.deletedAt).not.toBeNull();
    expect((await countsOf(bob, group))[0]).toBe(0);
    const rows = await withDatabase("messaging", (client) =>
      client.query("select from mention where message_id = $1", [messageId]),
    );
    expect(rows.rowCount).toBe(0);
  });
});

test("mentions of an erased person go, and the text stays", async () => {
  const [ada, bob, cy] = await tokenHolders(3);
  const group = await aGroup(ada, [bob, cy]);
  await say(ada, group, { mentions: [mention(bob), mention(cy, 9)] });
  await eraseIn("messaging", bob.id);
  const data = await dataOf<{ conversation: { messages: { edges: { node: object }[] } } }>(
    `query($id: ID!) { conversation(id: $id) { messages { edges { node { body ${MENTIONS} } } } } }`,
    { id: group },
    { as: cy.token },
  );
  expect(data.conversation.messages.edges[0]?.node).toMatchObject({
    body: "@Ada and @Bob, hello",
    mentions: [{ user: { id: cy.id }, start: 9, length: 4 }],
  });
});

test("a person reads how many mentions they have not read in all conversations; others do not", async () => {
  const [ada, bob] = [await aPerson("Ada"), await aPerson("Bob")];
  for (const title of ["one", "two"]) {
    const group = await aGroup(ada, [bob], title);
    await say(ada, group, { mentions: [mention(bob)] });
    await send(ada, group, "hello");
  }
  const own = await dataOf("{ me { unreadMentions } }", {}, { as: bob.token });
  expect(own).toEqual({ me: { unreadMentions: 2 } });
  const other = await dataOf(
    "query($id: ID!) { user(id: $id) { unreadMentions } }",
    { id: bob.id },
    { as: ada.token },
  );
  expect(other).toEqual({ user: { unreadMentions: null } });
});

describe("the counts of mentions", () => {
  let counted: CountedReplicas;
  beforeAll(async () => {
    counted = await openCounted();
  });
  afterAll(() => counted.close());

  const sql = (text: string) =>
    withDatabase("messaging", (client) => client.query(text), counted.own.url);

  test.each([
    ["message", "message_deletes_mentions", { kind: "delete", by: 0, at: 0, of: 0 }],
    ["member", "member_reads_mentions", { kind: "read", by: 1, at: 0, of: 9 }],
  ] as const)("are wrong without a trigger on %s, %s", async (table, trigger, change) => {
    const group = await aCountedGroup(counted);
    // It mentions all.
    await changeAtOnce(counted, group, [{ kind: "send", by: 0, at: 0, of: 0 }]);
    expect(await miscounted(counted, group.id)).toEqual([]);
    await sql(`alter table ${table} disable trigger ${trigger}`);
    await changeAtOnce(counted, group, [change]);
    await sql(`alter table ${table} enable trigger ${trigger}`);
    expect((await miscounted(counted, group.id)).length).toBeGreaterThan(0);
    await sql(`select recount_mentions('${group.id}', null)`);
    expect(await miscounted(counted, group.id)).toEqual([]);
  });
});
