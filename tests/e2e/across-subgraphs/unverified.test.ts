// People whose e-mail address is not verified look round, but reach nobody: a problem, never an
// error, and nothing is stored.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { scopesOfAccess } from "../../../subgraphs/users/accounts/roles/rules.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { anEvent, aPerson, eventInput, type Person } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, aMessage, mutate } from "../messaging/harness.ts";

/** The scopes of a person whose address is verified, or is not. */
async function tokenOf({ id }: Person, isVerified: boolean): Promise<string> {
  const roles = ["USER", "ORGANIZER"] as const;
  const scopes = scopesOfAccess({ roles, standing: "ACTIVE", isVerified });
  return accessToken({ userId: id, roles, scopes });
}

let friend: Person;
let person: Person;
let verified: string;
/** The inputs of the operations that need a verified address. */
let inputs: Readonly<Record<string, object>>;
let suggestionId: string;

beforeAll(async () => {
  [friend, person] = await Promise.all([aPerson("Friend"), aPerson("New")]);
  verified = await tokenOf(person, true);
  const own = { ...person, token: verified };
  const conversationId = await aGroup(own, [friend]);
  const { id: messageId } = await aMessage(own, conversationId, "as it was");
  suggestionId = await aSuggestion(own);
  const eventId = await anEvent(verified, { isDraft: true });
  const published = await anEvent(verified);
  await untilRows("messaging", "select from event where id = $1", [published], 1);
  inputs = {
    RegisterForEvent: { eventId: await anEvent(friend.token) },
    PublishEvent: { eventId },
    OpenEventConversation: { eventId: published, title: "Talk of the event" },
    CreateInvite: { conversationId },
    AcceptInvite: { code: await aCode(friend) },
    ForwardMessage: { messageId, conversationId, clientMessageId: newId() },
    OpenNoteToSelf: {},
    OpenDirectConversation: { userId: friend.id },
    CreateGroupConversation: { title: "Talk", memberIds: [friend.id] },
    AddMembers: { conversationId, userIds: [(await aPerson()).id] },
    SendMessage: { conversationId, clientMessageId: newId(), body: "Hello" },
    EditMessage: { messageId, body: "changed" },
    UpdateConversation: { conversationId, title: "changed" },
    AnswerSuggestion: { suggestionId, answer: "ACCEPT" },
  };
  person = { ...person, token: await tokenOf(person, false) };
});

/** The code of an invite to a group of a person. */
async function aCode(owner: Person): Promise<string> {
  type Data = { createInvite: { code: string } };
  const input = { conversationId: await aGroup(owner, []) };
  const made = await dataOf<Data>(operation("CreateInvite"), { input }, { as: owner.token });
  return made.createInvite.code;
}

async function aSuggestion(viewer: Person): Promise<string> {
  const skills = [`skill ${newId()}`];
  for (const { token } of [viewer, friend]) {
    await dataOf(operation("UpdateProfile"), { input: { skills } }, { as: token });
  }
  await untilRows("matching", "select from person where skills = $1", [skills], 2);
  type Data = { matchSuggestions: { edges: { node: { id: string } }[] } };
  const { matchSuggestions } = await dataOf<Data>(
    operation("MatchSuggestions"),
    {},
    { as: viewer.token },
  );
  return matchSuggestions.edges[0]?.node.id ?? "";
}

const NAMES = [
  "RegisterForEvent",
  "PublishEvent",
  "OpenEventConversation",
  "CreateInvite",
  "AcceptInvite",
  "ForwardMessage",
  "OpenNoteToSelf",
  "OpenDirectConversation",
  "CreateGroupConversation",
  "AddMembers",
  "SendMessage",
  "EditMessage",
  "UpdateConversation",
  "AnswerSuggestion",
];

/** The note to oneself takes no input. */
const variablesOf = (name: string) => (name === "OpenNoteToSelf" ? {} : { input: inputs[name] });

const answerOf = async (name: string, token: string) => {
  const data = await dataOf<object>(operation(name), variablesOf(name), { as: token });
  return Object.values(data)[0] as { __typename: string; reason?: string };
};

const TABLES = {
  events: ["registration", "event", "stream_entry", "outbox"],
  messaging: ["message", "conversation", "member", "stream_entry"],
  matching: ["answer", "match", "stream_entry"],
} as const;

/** How much there is of the person, and of the event of the friend. */
async function rowsOfPerson(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [subgraph, tables] of Object.entries(TABLES)) {
    for (const table of tables) {
      const sql = `select count(*)::int as count from ${table} where to_jsonb(${table})::text ~ $1`;
      const { rows } = await withDatabase(subgraph, (client) => client.query(sql, [person.id]));
      counts[`${subgraph} ${table}`] = rows[0].count;
    }
  }
  return counts;
}

describe("without a verified address", () => {
  test("all of these answer with the problem and change nothing", async () => {
    const before = await rowsOfPerson();
    for (const name of NAMES) {
      expect([name, await answerOf(name, person.token)]).toEqual([
        name,
        { __typename: "EmailNotVerifiedProblem", reason: "Confirm your e-mail address first." },
      ]);
    }
    expect(await rowsOfPerson()).toEqual(before);
  });

  test("a person makes drafts, reads, reacts and declines", async () => {
    const draft = await dataOf(
      operation("CreateEvent"),
      { input: eventInput() },
      { as: person.token },
    );
    expect(draft).toMatchObject({ createEvent: { __typename: "CreateEventSuccess" } });
    const { messageId } = inputs.EditMessage as { messageId: string };
    const reaction = await mutate("AddReaction", person, { messageId, emoji: "👍" });
    expect(reaction).toMatchObject({ __typename: "AddReactionSuccess" });
    const declined = await mutate("AnswerSuggestion", person, { suggestionId, answer: "LATER" });
    expect(declined).toMatchObject({ __typename: "AnswerSuggestionSuccess" });
  });
});

test.each(NAMES)("with a verified address %s succeeds", async (name) => {
  const { __typename } = await answerOf(name, verified);
  expect(__typename).toBe(`${name}Success`);
});
