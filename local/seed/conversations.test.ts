// The demo conversations: between people who exist, within the limits, and worth reading.
import { graphql } from "graphql";
import { describe, expect, test } from "vitest";
import { subgraphSchema } from "#kit/service/subgraph";
import { operation } from "#schema/operations";
import { qualifiedEmoji } from "../../subgraphs/messaging/reactions/emoji.ts";
import { type ConversationPlan, conversations, matches } from "./conversations.ts";
import { type Person, people } from "./people.ts";

const all = [...conversations, ...matches];
const groups = conversations.filter(({ title }) => title !== null);
const couples = all.filter(({ title }) => title === null);
const accounts = people.map(({ account }) => account);
const nameOf = ({ title, people: [one, other] }: ConversationPlan) => title ?? `${one}, ${other}`;

/** The SDL with all its limits, and messages and groups that say back what arrived. */
const schema = subgraphSchema("messaging", [
  {
    Mutation: {
      createGroupConversation: (_root: unknown, { input }: { input: object }) => ({
        __typename: "CreateGroupConversationSuccess",
        conversation: { id: "1", kind: "GROUP", lastSeq: 0, ...input },
      }),
      sendMessage: (_root: unknown, { input }: { input: object }) => ({
        __typename: "SendMessageSuccess",
        message: { id: "1", seq: 1, version: 1, createdAt: new Date(), ...input },
      }),
    },
  },
]);

const run = (name: string, input: object) =>
  graphql({ schema, source: operation(name), variableValues: { input } });

test("people talk in several pairs and at least three groups", () => {
  expect(conversations.length - groups.length).toBeGreaterThanOrEqual(5);
  expect(groups.length).toBeGreaterThanOrEqual(3);
  expect(matches.length).toBeGreaterThanOrEqual(4);
});

test("a group is there once among its owner's, so that a second seed finds it again", () => {
  const named = groups.map(({ title, people: [owner] }) => `${owner}: ${title}`);
  expect(new Set(named).size).toBe(groups.length);
});

test("no pair is there twice, or its history would be told twice in one place", () => {
  const pairs = couples.map((plan) => plan.people.toSorted().join());
  expect(new Set(pairs).size).toBe(couples.length);
});

test("Ada, Grace and Linus talk with others, have something unread and a match", () => {
  for (const account of ["ada", "grace", "linus"]) {
    const own = all.filter((plan) => plan.people.includes(account));
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(own.some(({ unread }) => (unread?.[account] ?? 0) > 0)).toBe(true);
    expect(matches.some((plan) => plan.people.includes(account))).toBe(true);
  }
});

test("there are replies, reactions and edits", () => {
  const lines = all.flatMap((plan) => plan.lines);
  expect(lines.filter(({ replyTo }) => replyTo !== undefined).length).toBeGreaterThanOrEqual(8);
  expect(lines.filter(({ reactions }) => reactions).length).toBeGreaterThanOrEqual(8);
  expect(lines.filter(({ editedTo }) => editedTo).length).toBeGreaterThanOrEqual(2);
});

test("whom a match brings together has something in common to be suggested for", () => {
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
  test("is between people who exist and are in it once", async () => {
    expect(plan.people.filter((account) => !accounts.includes(account))).toEqual([]);
    expect(new Set(plan.people).size).toBe(plan.people.length);
    if (plan.title === null) expect(plan.people).toHaveLength(2);
    const input = { title: plan.title ?? "Two people", memberIds: plan.people };
    expect((await run("CreateGroupConversation", input)).errors).toBeUndefined();
  });

  test("has lines within the limits of the schema, said by those who are in it", async () => {
    for (const [at, { by, says, editedTo, replyTo = 0, reactions = {} }] of plan.lines.entries()) {
      expect(plan.people).toContain(by);
      for (const parts of [says, editedTo ?? says]) {
        const input = { conversationId: "1", clientMessageId: "1", body: parts.join(" ") };
        expect((await run("SendMessage", input)).errors).toBeUndefined();
      }
      expect(editedTo).not.toEqual(says);
      expect(replyTo).toBeLessThanOrEqual(Math.max(0, at - 1));
      for (const [emoji, reacting] of Object.entries(reactions)) {
        expect(qualifiedEmoji(emoji)).toBe(emoji);
        for (const account of reacting) expect(plan.people).toContain(account);
        expect(reacting).not.toContain(by);
      }
    }
  });

  test("leaves unread what others have said", () => {
    for (const [account, count] of Object.entries(plan.unread ?? {})) {
      expect(plan.people).toContain(account);
      expect(count).toBeLessThan(plan.lines.length);
      expect(plan.lines.slice(-count).map(({ by }) => by)).not.toContain(account);
    }
  });
});
