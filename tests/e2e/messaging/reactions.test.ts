// One emoji is one reaction in every spelling: through the router, in the database, and in the rows
// of an earlier release.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { type OlderDatabase, openOlderDatabase } from "../../kit/older-database.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate } from "./harness.ts";

const HEART = "\u2764\ufe0f";
const BARE_HEART = "\u2764";

test("two spellings of an emoji are one reaction, shown fully qualified and removed as one", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id: messageId } = await aMessage(ada, group);
  await mutate("AddReaction", ada, { messageId, emoji: BARE_HEART });
  await mutate("AddReaction", ada, { messageId, emoji: HEART });
  const both = await mutate("AddReaction", bob, { messageId, emoji: HEART });
  expect(both.message?.reactions).toEqual([{ emoji: HEART, count: 2, isViewerAmong: true }]);
  await mutate("AddReaction", ada, { messageId, emoji: "👍\ufe0f" });
  const left = await mutate("RemoveReaction", ada, { messageId, emoji: `${BARE_HEART}\ufe0e` });
  expect(left.message?.reactions).toEqual([
    { emoji: HEART, count: 1, isViewerAmong: false },
    { emoji: "👍", count: 1, isViewerAmong: true },
  ]);
  expect(await logOf(group)).toHaveLength(5);
});

test("a spelling that an earlier release stores meanwhile is counted with the others, and removed", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id: messageId } = await aMessage(ada, group);
  await mutate("AddReaction", ada, { messageId, emoji: HEART });
  const insert = (userId: string, emoji: string) =>
    withDatabase("messaging", (client) =>
      client.query(`insert into reaction values ($1, $2, $3, now())`, [messageId, emoji, userId]),
    );
  await insert(bob.id, BARE_HEART);
  await expect(insert(ada.id, BARE_HEART)).rejects.toThrow("reaction_spelling_key");
  const same = await mutate("AddReaction", bob, { messageId, emoji: HEART });
  expect(same.message?.reactions).toEqual([{ emoji: HEART, count: 2, isViewerAmong: true }]);
  await insert(bob.id, "✐");
  const rest = await mutate("RemoveReaction", bob, { messageId, emoji: "✐" });
  expect(rest.message?.reactions).toEqual([{ emoji: HEART, count: 2, isViewerAmong: true }]);
});

test("the people behind a reaction are listed in order, page by page, and to members alone", async () => {
  const [ada, bob, cy, eve] = await tokenHolders(4);
  const group = await aGroup(ada, [bob, cy]);
  const { id: messageId } = await aMessage(ada, group);
  for (const who of [cy, ada, bob]) await mutate("AddReaction", who, { messageId, emoji: HEART });
  await mutate("AddReaction", bob, { messageId, emoji: "🎉" });
  const query = `query($id: ID!, $after: String) { message(id: $id) { reactions { emoji count
    people(first: 2, after: $after) { edges { cursor node { user { id } createdAt } }
      pageInfo { hasNextPage endCursor } } } } }`;
  interface People {
    readonly edges: { readonly node: { readonly user: { readonly id: string } } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  }
  type Data = { message: { reactions: { emoji: string; people: People }[] } | null };
  const read = async (as: string, after?: string) => {
    const { message } = await dataOf<Data>(query, { id: messageId, after }, { as });
    return message?.reactions ?? null;
  };
  const idsOf = (people?: People) => people?.edges.map(({ node }) => node.user.id);
  const [hearts, parties] = (await read(ada.token)) ?? [];
  expect(hearts?.emoji).toBe(HEART);
  expect(idsOf(hearts?.people)).toEqual([cy.id, ada.id]);
  expect(idsOf(parties?.people)).toEqual([bob.id]);
  expect(hearts?.people.pageInfo.hasNextPage).toBe(true);
  const [rest] = (await read(bob.token, hearts?.people.pageInfo.endCursor)) ?? [];
  expect(idsOf(rest?.people)).toEqual([bob.id]);
  expect(rest?.people.pageInfo.hasNextPage).toBe(false);
  expect(await read(eve.token)).toBeNull();
});

describe("the migration", () => {
  const [ada, bob, cy] = [newId(), newId(), newId()];
  let older: OlderDatabase;
  beforeAll(async () => {
    older = await openOlderDatabase("messaging", "20261129100000");
  });
  afterAll(() => older.close());

  async function aStoredMessage(conversationId: string, seq: number): Promise<string> {
    const id = newId();
    await older.sql(
      `insert into message (id, conversation_id, seq, sender_id, client_message_id, request_hash,
         body, created_at) values ($1, $2, $3, $4, 'mine', '', 'hello', now())`,
      [id, conversationId, seq, newId()],
    );
    return id;
  }

  async function aStoredGroup(messages: number): Promise<{ id: string; messages: string[] }> {
    const id = newId();
    await older.sql(
      `insert into conversation (id, kind, title, created_at, activity_at)
       values ($1, 'GROUP', 'Talk', now(), now())`,
      [id],
    );
    await older.sql(`insert into stream values ($1, $2)`, [`conversation:${id}`, messages]);
    const made = [];
    for (let seq = 1; seq <= messages; seq += 1) made.push(await aStoredMessage(id, seq));
    return { id, messages: made };
  }

  const react = (messageId: string | undefined, userId: string, emoji: string, second: number) =>
    older.sql(`insert into reaction values ($1, $2, $3, to_timestamp($4))`, [
      messageId,
      emoji,
      userId,
      second,
    ]);

  test("merges the spellings of one person, and sends one event a message to its watchers", async () => {
    const told = await aStoredGroup(3);
    const [first, second, third] = told.messages;
    await react(first, ada, BARE_HEART, 2);
    await react(first, ada, HEART, 1);
    await react(first, ada, "👍\ufe0f", 3);
    await react(first, ada, "👍", 4);
    await react(second, bob, HEART, 5);
    await react(third, bob, HEART, 6);
    await react(third, cy, BARE_HEART, 7);
    const quiet = await aStoredGroup(1);
    await react(quiet.messages[0], ada, BARE_HEART, 8);

    expect(await older.upgrade()).toContain("20261129100000_emoji_spellings");

    const rows = await older.sql<{ emoji: string }>(
      `select emoji from reaction order by created_at`,
    );
    const kept = [HEART, "👍\ufe0f", HEART, HEART, BARE_HEART, BARE_HEART];
    expect(rows.map(({ emoji }) => emoji)).toEqual(kept);
    const entries = await older.sql(
      `select stream_id, seq, type, payload from stream_entry order by stream_id, seq`,
    );
    const stream = `conversation:${told.id}`;
    expect(entries).toEqual([
      { stream_id: stream, seq: 4, type: "reactionChanged", payload: { messageId: first } },
      { stream_id: stream, seq: 5, type: "reactionChanged", payload: { messageId: third } },
    ]);
    const heads = await older.sql(`select last_seq from stream order by last_seq`);
    expect(heads).toEqual([{ last_seq: 1 }, { last_seq: 5 }]);
  });
});
