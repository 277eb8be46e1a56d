// An accepted match opens one conversation: matching publishes the match, messaging opens it, and
// both people see it on the match and in their lists.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { aPairWithOneSkill, match } from "../../kit/pairs.ts";
import { connect } from "../../kit/socket.ts";
import { aTokenHolder, type Person, type TokenHolder } from "../../kit/stories.ts";
import { aMessage, mutate, read, take, watch } from "../messaging/harness.ts";

interface Matches {
  readonly matches: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly conversation: { readonly id: string } | null };
    }[];
  };
}

interface Conversations {
  readonly conversations: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

/** The conversation of a person's only match. Null while there is none. */
async function conversationOfMatch({ token }: Person): Promise<string | null> {
  const { matches } = await dataOf<Matches>(operation("Matches"), {}, { as: token });
  expect(matches.edges).toHaveLength(1);
  return matches.edges[0]?.node.conversation?.id ?? null;
}

async function conversationsOf({ token }: TokenHolder, router = 0): Promise<string[]> {
  const query = operation("Conversations");
  const { conversations } = await dataOf<Conversations>(query, {}, { as: token, router });
  return conversations.edges.map(({ node }) => node.id);
}

/** Waits until the match of a person has its conversation. */
async function opened(person: Person): Promise<string> {
  await expect.poll(() => conversationOfMatch(person), { timeout: 10_000 }).not.toBeNull();
  return (await conversationOfMatch(person)) ?? "";
}

/** The entries about conversations in the own streams of people. */
async function listEntries(people: readonly TokenHolder[]): Promise<unknown[]> {
  return withDatabase("messaging", async (client) => {
    const { rows } = await client.query(
      `select type, payload->>'conversationId' as id from stream_entry
       where stream_id = any($1) order by stream_id, seq`,
      [people.map(({ id }) => `person:${id}`)],
    );
    return rows;
  });
}

test("both people find the conversation in their lists and on the match, and send messages", async () => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  await match(people);
  const id = await opened(ada);
  expect(await conversationOfMatch(grace)).toBe(id);
  for (const person of people) expect(await conversationsOf(person, 1)).toEqual([id]);
  expect(await listEntries(people)).toEqual(people.map(() => ({ type: "conversationAdded", id })));
  const socket = await connect({ as: grace.token, router: 1 });
  const stream = watch(socket, id, 0);
  await aMessage(ada, id, "Good to meet you.");
  expect(await take(socket, stream, 1)).toMatchObject([{ message: { body: "Good to meet you." } }]);
  socket.close();
  expect(await mutate("OpenDirectConversation", grace, { userId: ada.id })).toMatchObject({
    conversation: { id, lastSeq: 1 },
  });
});

test("the conversation of a match exists only for its two people", async () => {
  const { people } = await aPairWithOneSkill();
  await match(people);
  const id = await opened(people[0]);
  const other = await aTokenHolder();
  expect(await read(other, id)).toBeNull();
  expect(await conversationsOf(other)).toEqual([]);
});

test("a pair with an older conversation keeps it after the match", async () => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: grace.id });
  await aMessage(ada, conversation?.id ?? "", "before");
  const before = await listEntries(people);
  await match(people);
  expect(await opened(grace)).toBe(conversation?.id);
  for (const person of people) expect(await conversationsOf(person)).toEqual([conversation?.id]);
  expect(await listEntries(people)).toEqual(before);
});

test("a conversation that one has opened without a message is shown to both by the match", async () => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: grace.id });
  expect(await conversationsOf(grace)).toEqual([]);
  await match(people);
  const listed = () => conversationsOf(grace);
  await expect.poll(listed, { timeout: 10_000 }).toEqual([conversation?.id]);
});

test("a match event that arrives again opens no second conversation", async () => {
  const { people } = await aPairWithOneSkill();
  await match(people);
  const id = await opened(people[0]);
  const before = await listEntries(people);
  // Without an offset messaging starts again from a snapshot, which has every match again.
  await withDatabase("messaging", (client) =>
    client.query("delete from consumer_position where source = 'matching'"),
  );
  const { people: later } = await aPairWithOneSkill();
  await match(later);
  await opened(later[0]);
  for (const person of people) expect(await conversationsOf(person)).toEqual([id]);
  expect(await listEntries(people)).toEqual(before);
});

test("a match of a blocked pair opens no conversation: they open it once the block is lifted", async () => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  // Events of two subgraphs have no order: messaging has the block, and matching has not.
  await setBlock(ada, grace, true);
  await match(people);
  const { people: later } = await aPairWithOneSkill();
  await match(later);
  await opened(later[0]);
  for (const person of people) {
    expect(await conversationOfMatch(person)).toBeNull();
    expect(await conversationsOf(person)).toEqual([]);
  }
  await setBlock(ada, grace, false);
  const { conversation } = await mutate("OpenDirectConversation", grace, { userId: ada.id });
  expect(await conversationOfMatch(ada)).toBe(conversation?.id);
  expect(await conversationsOf(ada)).toEqual([conversation?.id]);
});

/** Sets a block in messaging's projection only. */
async function setBlock(blocker: Person, blocked: Person, isBlocked: boolean): Promise<void> {
  await withDatabase("messaging", (client) =>
    client.query(
      `insert into block (blocker_id, blocked_id, is_blocked, version) values ($1, $2, $3, 1)
       on conflict (blocker_id, blocked_id) do update set is_blocked = excluded.is_blocked`,
      [blocker.id, blocked.id, isBlocked],
    ),
  );
}
