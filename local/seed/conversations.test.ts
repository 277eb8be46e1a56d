// The demo conversations are between people who exist, and within the limits of the schema.
import { graphql } from "graphql";
import { describe, expect, test } from "vitest";
import { subgraphSchema } from "#kit/service/subgraph";
import { operation } from "#schema/operations";
import { qualifiedEmoji } from "../../subgraphs/messaging/reactions/emoji.ts";
import type { ConversationPlan } from "./conversations/plan.ts";
import { conversations, matches } from "./conversations.ts";
import type { Person } from "./people/person.ts";
import { people } from "./people.ts";

const all = [...conversations, ...matches];
const groups = conversations.filter(({ title }) => title !== null);
const couples = all.filter(({ title }) => title === null);
const accounts = people.map(({ account }) => account);
const nameOf = ({ title, people: [one, other] }: ConversationPlan) => title ?? `${one}, ${other}`;

/** The SDL with all its limits, and resolvers that return their input. */
const schema = subgraphSchema("messaging", [
  {
    Mutation: {
      createGroupConversation: (_root: unknown, { input }: { input: object }) => ({
        __typename: "CreateGroupConversationSuccess",
        conversation: { id: "1", kind: "GROUP", lastSeq: 0, ...input },
        invitedUserIds: [],
      }),
      sendMessage: (_root: unknown, { input }: { input: object }) => ({
        __typename: "SendMessageSuccess",
        message: { id: "1", seq: 1, version: 1, createdAt: new Date(), attachments: [], ...input },
      }),
    },
  },
]);

const run = (name: string, input: object) =>
  graphql({ schema, source: operation(name), variableValues: { input } });

test("there are at least five pairs, three groups and four matches", () => {
  expect(conversations.length - groups.length).toBeGreaterThanOrEqual(5);
  expect(groups.length).toBeGreaterThanOrEqual(3);
  expect(matches.length).toBeGreaterThanOrEqual(4);
});

test("an owner has no two groups of one title, so that a second seed finds each again", () => {
  const named = groups.map(({ title, people: [owner] }) => `${owner}: ${title}`);
  expect(new Set(named).size).toBe(groups.length);
});

test("no pair has two plans, because both would fill one conversation", () => {
  const pairs = couples.map((plan) => plan.people.toSorted().join());
  expect(new Set(pairs).size).toBe(couples.length);
});

test("Ada, Grace and Linus have three conversations, unread messages and a match", () => {
  for (const account of ["ada", "grace", "linus"]) {
    const own = all.filter((plan) => plan.people.includes(account));
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(own.some(({ unread }) => (unread?.[account] ?? 0) > 0)).toBe(true);
    expect(matches.some((plan) => plan.people.includes(account))).toBe(true);
  }
});

test("there are replies, reactions and edits", () => {
  const messages = all.flatMap((plan) => plan.messages);
  expect(messages.filter(({ replyTo }) => replyTo !== undefined).length).toBeGreaterThanOrEqual(8);
  expect(messages.filter(({ reactions }) => reactions).length).toBeGreaterThanOrEqual(8);
  expect(messages.filter(({ editedTo }) => editedTo).length).toBeGreaterThanOrEqual(2);
});

test("two people who match share a skill or an interest, so that matching suggests them", () => {
  const topicsOf = ({ skills, interests }: Person) => [...skills, ...interests];
  const personOf = (account: string | undefined) =>
    people.find((person) => person.account === account) as Person;
  for (const { people: pair, title } of matches) {
    expect(title).toBeNull();
    const [one, other] = [personOf(pair[0]), personOf(pair[1])];
    expect(topicsOf(one).filter((topic) => topicsOf(other).includes(topic))).not.toEqual([]);
  }
});

describe.each(all.map((plan) => ({ name: nameOf(plan), plan })))("$name", ({ plan }) => {
  test("is between people who exist, and names each once", async () => {
    expect(plan.people.filter((account) => !accounts.includes(account))).toEqual([]);
    expect(new Set(plan.people).size).toBe(plan.people.length);
    if (plan.title === null) expect(plan.people).toHaveLength(2);
    const input = { title: plan.title ?? "Two people", memberIds: plan.people };
    expect((await run("CreateGroupConversation", input)).errors).toBeUndefined();
  });

  test("has messages within the limits of the schema, sent by its members", async () => {
    for (const [at, message] of plan.messages.entries()) {
      const { sender, sentences, editedTo, replyTo = 0, reactions = {} } = message;
      expect(plan.people).toContain(sender);
      for (const parts of [sentences, editedTo ?? sentences]) {
        const input = { conversationId: "1", clientMessageId: "1", body: parts.join(" ") };
        expect((await run("SendMessage", input)).errors).toBeUndefined();
      }
      expect(editedTo).not.toEqual(sentences);
      expect(replyTo).toBeLessThanOrEqual(Math.max(0, at - 1));
      for (const [emoji, reacting] of Object.entries(reactions)) {
        expect(qualifiedEmoji(emoji)).toBe(emoji);
        for (const account of reacting) expect(plan.people).toContain(account);
        expect(reacting).not.toContain(sender);
      }
    }
  });

  test("has unread messages of others only", () => {
    for (const [account, count] of Object.entries(plan.unread ?? {})) {
      expect(plan.people).toContain(account);
      expect(count).toBeLessThan(plan.messages.length);
      expect(plan.messages.slice(-count).map(({ sender }) => sender)).not.toContain(account);
    }
  });
});
