// Ada and Bob with all possible relations, and the outcome of each operation about the other.
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { aGroup, aMessage, mutate } from "../e2e/messaging/harness.ts";
import { openAtHeads, receive } from "../e2e/messaging/inbox-harness.ts";
import { listenForSignals, type SignalEvent } from "../e2e/messaging/signal-listeners.ts";
import { dataOf } from "../kit/client.ts";
import { aPairWithOneSkill, match, suggestionOf } from "../kit/pairs.ts";
import { connect } from "../kit/socket.ts";
import {
  anEvent,
  aRegistration,
  type Person,
  type TokenHolder,
  tokenHolders,
} from "../kit/stories.ts";
import { attempt, DIRECT_STORIES, holds, type Side, type Story, seen } from "./blocked-direct.ts";
import { anInvite } from "./matrix/talks.ts";

export interface BlockedPair {
  readonly ada: Side;
  readonly bob: Side;
  /** The blocker and the blocked person of each pair. */
  readonly blocks: readonly (readonly [Person, Person])[];
}

/** Two people with suggestions, messages and events of each other, and a pair with a match. */
export async function thePair(): Promise<BlockedPair> {
  const { people, eventId: shared } = await aPairWithOneSkill();
  const [ada, bob] = people;
  const { people: couple } = await aPairWithOneSkill();
  await match(couple);
  const [eve, dan] = couple;
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
  const direct = conversation?.id ?? "";
  const typists = await tokenHolders(20);
  const group = await aGroup(ada, [bob, ...typists]);
  const sideOf = async (who: Person, other: Person): Promise<Side> => {
    const [registered, open] = [await anEvent(other.token), await anEvent(other.token)];
    await aRegistration(who.token, registered);
    const name = `Name ${newId()}`;
    await dataOf(operation("UpdateProfile"), { input: { displayName: name } }, { as: who.token });
    await aMessage(who, group, `from ${name}`);
    const messages = [(await aMessage(who, direct)).id, (await aMessage(who, direct)).id] as const;
    return {
      ...{ person: who, name, messages, direct, group, registered, open, shared, typists },
      ownGroup: await aGroup(who, []),
      owned: await aGroup(who, [other]),
      invites: await invitesOf(other),
      suggestion: await suggestionOf(who),
      matched: who === ada ? [eve, dan] : [dan, eve],
    };
  };
  const sides = { ada: await sideOf(ada, bob), bob: await sideOf(bob, ada) };
  return {
    ...sides,
    blocks: [
      [ada, bob],
      [eve, dan],
    ],
  };
}

/** Invites to groups of which a person and somebody else are the owner and an admin. */
async function invitesOf(person: Person): Promise<Side["invites"]> {
  const [somebody] = await tokenHolders(1);
  const groupOf = async (owner: TokenHolder, admin: TokenHolder, maker: TokenHolder) => {
    const conversationId = await aGroup(owner, [admin]);
    await mutate("SetMemberRole", owner, { conversationId, userId: admin.id, role: "ADMIN" });
    return (await anInvite(maker, conversationId)).code;
  };
  return {
    made: await groupOf(somebody, person, person),
    owned: await groupOf(person, somebody, somebody),
    shared: await groupOf(somebody, person, somebody),
  };
}

/** Whether the typing of the other person arrives before that of a later one. */
async function typingOf({ person, group, typists }: Side, other: Person): Promise<string> {
  const [last, ...others] = typists;
  if (!last) throw new Error("nobody types");
  const socket = await connect({ as: person.token });
  const id = await listenForSignals(socket, group, others);
  for (const each of [other, last]) await mutate("SetTyping", each, { conversationId: group });
  const heard: string[] = [];
  while (heard.at(-1) !== last.id) {
    heard.push((await socket.event<SignalEvent>(id)).signals.user.id);
  }
  socket.close();
  const isTyping = false;
  for (const each of [other, last]) {
    await mutate("SetTyping", each, { conversationId: group, isTyping });
  }
  return seen(heard.includes(other.id));
}

/** Whether the inbox has messages of the other person in the group. */
async function inboxOf({ person, group }: Side, other: Person): Promise<string> {
  const socket = await connect({ as: person.token });
  const { id } = await openAtHeads(socket);
  await aMessage(other, group, "for the inbox");
  const events = await receive(socket, id, 1);
  socket.close();
  return seen(events[0]?.message?.body === "for the inbox");
}

const CARD = "query($id: ID!) { user(id: $id) { id displayName headline avatarUrl } }";
const BLOCKED = `query($id: ID!) { user(id: $id) { isBlockedByViewer }
  me { blockedUsers(first: 20) { edges { node { id } } } } }`;
const REGISTRATIONS = "{ me { registrations(first: 20) { edges { node { event { id } } } } } }";
const EVENT = "query($id: ID!) { event(id: $id) { id title } }";

/** By the first column of the table, in its order. */
export const STORIES: Readonly<Record<string, Story>> = {
  "the other's card, by `user`": async ({ person }, { id }) =>
    seen(await holds(CARD, { id }, person, id)),
  "`User.isBlockedByViewer` and `blockedUsers`": async ({ person }, { id }) => {
    const isMarked = await holds(BLOCKED, { id }, person, '"isBlockedByViewer":true');
    const isListed = await holds(BLOCKED, { id }, person, `"id":"${id}"`);
    if (isMarked !== isListed) throw new Error("isBlockedByViewer and blockedUsers differ");
    return isMarked ? "yes" : "no";
  },
  "the other in `users`, by their name": async ({ person }, other) => {
    const card = await dataOf<{ user: { displayName: string } }>(
      CARD,
      { id: other.id },
      { as: person.token },
    );
    const search = card.user.displayName;
    return seen(await holds(operation("SearchUsers"), { search }, person, other.id));
  },
  "the other in `matchSuggestions`": async ({ person }, { id }) =>
    seen(await holds(operation("MatchSuggestions"), { first: 100 }, person, id)),
  "accepting a suggestion from before": ({ person, suggestion }) =>
    attempt("AnswerSuggestion", person, { suggestionId: suggestion, answer: "ACCEPT" }),
  "a match from before, in `matches`": async ({ matched: [person, { id }] }) =>
    seen(await holds(operation("Matches"), {}, person, id)),
  "the other in `Event.attendees`": async ({ person, shared }, { id }) =>
    seen(await holds(operation("EventPage"), { id: shared }, person, id)),
  "an event of the other's": async ({ person, open }) =>
    seen(await holds(EVENT, { id: open }, person, open)),
  "`registerForEvent` at an event of the other's": async ({ person, open }) =>
    attempt("RegisterForEvent", person, { eventId: open }),
  "a registration from before at an event of the other's": async ({ person, registered }) =>
    seen(await holds(REGISTRATIONS, {}, person, registered)),
  "`openDirectConversation`": ({ person }, { id }) =>
    attempt("OpenDirectConversation", person, { userId: id }),
  ...DIRECT_STORIES,
  "`createGroupConversation` with the other": ({ person }, { id }) =>
    attempt("CreateGroupConversation", person, { title: "Two", memberIds: [id] }),
  "`addMembers` of the other, to an own group": ({ person, ownGroup }, { id }) =>
    attempt("AddMembers", person, { conversationId: ownGroup, userIds: [id] }),
  "`acceptInvite`, of a link that the other made": async ({ person, invites }) =>
    attempt("AcceptInvite", person, { code: invites.made }),
  "`acceptInvite`, to a group that the other owns": async ({ person, invites }) =>
    attempt("AcceptInvite", person, { code: invites.owned }),
  "`acceptInvite`, of somebody else to a group with the other": async ({ person, invites }) =>
    attempt("AcceptInvite", person, { code: invites.shared }),
  "group of one's own, from before: `setMemberRole` of the other": ({ person, owned }, { id }) =>
    attempt("SetMemberRole", person, { conversationId: owned, userId: id, role: "GUEST" }),
  "group of one's own, from before: `handOverGroup` to the other": ({ person, owned }, { id }) =>
    attempt("HandOverGroup", person, { conversationId: owned, userId: id }),
  "group, from before: the other's messages": async (side, other) => {
    const query = operation("ConversationPage");
    return seen(
      await holds(query, { id: side.group, first: 50 }, side.person, `"id":"${other.id}"`),
    );
  },
  "group, from before: `sendMessage`": ({ person, group }) =>
    attempt("SendMessage", person, {
      conversationId: group,
      clientMessageId: newId(),
      body: "hello all",
    }),
  "group, from before: `sendMessage` that mentions the other": ({ person, group }, { id }) =>
    attempt("SendMessage", person, {
      conversationId: group,
      clientMessageId: newId(),
      body: "hello you",
      mentions: [{ userId: id, start: 6, length: 3 }],
    }),
  "group, from before: the other's typing, in `signals`": typingOf,
  "group, from before: `inboxEvents`": inboxOf,
  "group, from before: `leaveConversation`": ({ person, group }) =>
    attempt("LeaveConversation", person, { conversationId: group }),
};
