// A blocked pair is absent from each other's lists. Every list of people in the graph is here:
// either a block removes the other person from it, or there is a reason why not.
import { readFileSync } from "node:fs";
import {
  buildSchema,
  type GraphQLNamedType,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { setBlock } from "../../kit/blocks.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  type Person,
  type TokenHolder,
  tokenHolders,
} from "../../kit/stories.ts";
import { aGroup, aMessage, mutate } from "../messaging/harness.ts";
import { listenForSignals, type SignalEvent } from "../messaging/signal-listeners.ts";

/** Whether each of two people finds the other. */
type Finding = readonly [one: boolean, other: boolean];

/** Brings two people into one list, and returns a function that reads it. */
type Story = (one: Person, other: Person) => Promise<() => Promise<Finding>>;

const HIDING: Readonly<Record<string, Story>> = {
  "Query.users": inSearch,
  "Query.matchSuggestions": inSuggestions,
  "Event.attendees": amongAttendees,
  "Event.viewerMatches": amongMatchesWhoCome,
  "Subscription.signals": (one, other) => amongThoseWhoType(one, other, "Signals"),
  "Subscription.inboxSignals": (one, other) => amongThoseWhoType(one, other, "InboxSignals"),
};

const OPEN: Readonly<Record<string, string>> = {
  "User.blockedUsers": "whom oneself blocks, in order to lift it",
  "MembersChanged.addedUsers": "past events of a group stay readable to those who are in it",
  "MembersChanged.removedUsers": "the same",
  "Query.nameReviews": "moderators see whom they moderate",
  "Query.suspendedUsers": "the same",
  "MemberChange.addedUsers": "past changes of a group stay readable to those who are in it",
  "MemberChange.removedUsers": "the same",
  "MembersHappening.addedUsers": "the same",
  "MembersHappening.removedUsers": "the same",
  "RoleChanged.changes": "the same",
  "RoleHappening.changes": "the same",
  "Message.mentions": "in groups messages stay readable, and so does whom they mention",
  "Thread.participants": "in groups messages stay readable, and so does who wrote them",
  "ReactionCount.people": "in groups messages stay readable, and so does who reacted to them",
  "Conversation.members": "in groups messages stay readable, and so do names",
  "Event.hosts": "as public as the organizer",
  "Match.users": "the two of a match: what both agreed to once stays with both",
};

test("every list of people in the graph is in one of the tables", () => {
  expect(listsOfPeople()).toEqual([...Object.keys(HIDING), ...Object.keys(OPEN)].sort());
});

describe("a blocked pair does not see each other in", () => {
  test.each(Object.entries(HIDING))("%s, until the block is lifted", async (_list, story) => {
    const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
    const findings = await story(ada, bob);
    expect(await findings()).toEqual([true, true]);
    await setBlock("BlockUser", ada, bob);
    expect(await findings()).toEqual([false, false]);
    await setBlock("UnblockUser", ada, bob);
    expect(await findings()).toEqual([true, true]);
  });
});

test("in a group a blocked person's messages stay readable, and only the blocker sees them flagged", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const id = await aGroup(ada, [bob]);
  await aMessage(bob, id, "from Bob");
  await setBlock("BlockUser", ada, bob);
  await aMessage(ada, id, "from Ada");
  const query = `query($id: ID!) { conversation(id: $id) { messages(first: 5) {
    edges { node { body sender { isBlockedByViewer } } } } } }`;
  const seenBy = async ({ token }: Person) => {
    type Message = { body: string; sender: { isBlockedByViewer: boolean } };
    type Data = { conversation: { messages: ListOf<Message> } };
    const { conversation } = await dataOf<Data>(query, { id }, { as: token });
    return conversation.messages.edges.map(({ node }) => [
      node.body,
      node.sender.isBlockedByViewer,
    ]);
  };
  expect(await seenBy(ada)).toEqual([
    ["from Bob", true],
    ["from Ada", false],
  ]);
  expect((await seenBy(bob)).map(([, isBlocked]) => isBlocked)).toEqual([false, false]);
});

interface ListOf<Node> {
  readonly edges: readonly { readonly node: Node }[];
}

async function inSearch(one: Person, other: Person) {
  const search = `Name ${newId()}`;
  const input = { displayName: search };
  await asBoth(one, other, (who) => dataOf(operation("UpdateProfile"), { input }, who));
  return () =>
    asBoth(one, other, async (who, whom) => {
      type Data = { users: ListOf<{ id: string }> };
      const { users } = await dataOf<Data>(operation("SearchUsers"), { search }, who);
      return users.edges.some(({ node }) => node.id === whom.id);
    });
}

async function inSuggestions(one: Person, other: Person) {
  const skills = [`skill ${newId()}`];
  const input = { skills };
  await asBoth(one, other, (who) => dataOf(operation("UpdateProfile"), { input }, who));
  await untilRows("matching", "select from person where skills = $1", [skills], 2);
  return () =>
    asBoth(one, other, async (who, whom) => {
      type Data = { matchSuggestions: ListOf<{ user: { id: string } }> };
      const found = await dataOf<Data>(operation("MatchSuggestions"), { first: 100 }, who);
      return found.matchSuggestions.edges.some(({ node }) => node.user.id === whom.id);
    });
}

async function amongAttendees(one: Person, other: Person) {
  const id = await anEvent((await aPerson("Olga")).token);
  await asBoth(one, other, ({ as }) => aRegistration(as, id));
  return () =>
    asBoth(one, other, async (who, whom) => {
      type Data = { event: { attendees: ListOf<{ id: string }> } };
      const { event } = await dataOf<Data>(operation("EventPage"), { id }, who);
      return event.attendees.edges.some(({ node }) => node.id === whom.id);
    });
}

async function amongMatchesWhoCome(one: Person, other: Person) {
  const id = await anEvent((await aPerson("Olga")).token);
  const pair = [one.id, other.id].sort();
  await withDatabase("matching", (client) =>
    client.query("insert into match values ($1, $2, $3, now())", [newId(), ...pair]),
  );
  await asBoth(one, other, ({ as }) => aRegistration(as, id));
  await untilRows("matching", "select from registration where event_id = $1", [id], 2);
  await untilRows("matching", "select from event where id = $1", [id], 1);
  return () =>
    asBoth(one, other, async (who, whom) => {
      type Data = { event: { viewerMatches: { id: string }[] } };
      const { event } = await dataOf<Data>(operation("EventMatches"), { id }, who);
      return event.viewerMatches.some((person) => person.id === whom.id);
    });
}

/** All differ, so that none counts as a repetition. */
const TELLINGS = [
  { router: 0, isTyping: true },
  { router: 0, isTyping: false },
  { router: 1, isTyping: true },
];

async function amongThoseWhoType(one: Person, other: Person, name: "Signals" | "InboxSignals") {
  const crowd = await tokenHolders(23);
  const conversationId = await aGroup(one, [other, ...crowd]);
  const listeners = await asBoth(one, other, async ({ as }) => {
    const socket = await connect({ as });
    return {
      socket,
      id: await listenForSignals(socket, conversationId, crowd.splice(0, 10), name),
    };
  });
  const tellings = [...TELLINGS];
  return async (): Promise<Finding> => {
    const [{ router, isTyping } = { router: 0, isTyping: true }] = tellings.splice(0, 1);
    const last = crowd.pop();
    if (!last) throw new Error("no person is left to type last");
    for (const speaker of [one, other, last]) {
      await mutate("SetTyping", speaker, { conversationId, isTyping }, router);
    }
    const [byOne, byOther] = await Promise.all(
      listeners.map(({ socket, id }) => heardUntil(socket, id, last)),
    );
    return [byOne?.includes(other.id) ?? false, byOther?.includes(one.id) ?? false];
  };
}

type AnySignalEvent = SignalEvent & { readonly inboxSignals?: SignalEvent["signals"] };

/** The senders of the signals up to the one of `last`. */
async function heardUntil(socket: Socket, id: string, last: TokenHolder): Promise<string[]> {
  const heard: string[] = [];
  while (heard.at(-1) !== last.id) {
    const { signals, inboxSignals = signals } = await socket.event<AnySignalEvent>(id);
    heard.push(inboxSignals.user.id);
  }
  return heard;
}

/** Asks the same as each of two people, about the other. */
function asBoth<T>(
  one: Person,
  other: Person,
  work: (who: { readonly as: string }, whom: Person) => Promise<T>,
): Promise<[T, T]> {
  return Promise.all([work({ as: one.token }, other), work({ as: other.token }, one)]);
}

/** Fields that list people, or objects with a `user`. A subscription counts as a list. */
function listsOfPeople(): string[] {
  const schema = buildSchema(readFileSync("schema/api.graphql", "utf8"));
  const isPerson = (type: GraphQLNamedType) => type.name === "User";
  const isAboutPeople = (type: GraphQLNamedType) => {
    if (isPerson(type)) return true;
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    const { user } = type.getFields();
    return user !== undefined && isPerson(getNamedType(user.type));
  };
  const found: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const item = itemOf(getNamedType(field.type));
      const isStream = type === schema.getSubscriptionType();
      const isList = isStream || isListType(getNullableType(field.type));
      if (item ? isAboutPeople(item) : isList && isAboutPeople(getNamedType(field.type))) {
        found.push(`${type.name}.${field.name}`);
      }
    }
  }
  return found.sort();
}

/** The node type of a connection. Undefined for other types. */
function itemOf(type: GraphQLNamedType): GraphQLNamedType | undefined {
  if (!isObjectType(type)) return undefined;
  const { edges } = type.getFields();
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  return node && getNamedType(node.type);
}
