// Every shipped operation with a list in its variables or its answer, as it is run with lists of 1
// and of 20, or of the most that there can be. The order matters: some read what others changed.
import { randomUUID } from "node:crypto";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, eventInput, type Person } from "../../kit/stories.ts";
import { aGroup, mutate } from "../messaging/harness.ts";
import type { Crowd } from "./crowd.ts";
import { someErasures } from "./erasures.ts";
import { someFailedJobs } from "./failed-jobs.ts";
import { changedEvent, taggedAnew } from "./sized-changes.ts";
import { DOOR_RUNS } from "./sized-door.ts";
import { EVENT_RUNS } from "./sized-events.ts";
import { FACTOR_RUNS } from "./sized-factors.ts";
import { GROUP_RUNS } from "./sized-groups.ts";
import { MESSAGE_RUNS } from "./sized-messages.ts";
import { NOTIFICATION_RUNS } from "./sized-notifications.ts";
import { aLikedMessage, insertSessions } from "./sized-parents.ts";
import { input, type SizedRun } from "./sized-run.ts";
import { tagged } from "./statement-counts.ts";

const page =
  (viewer: "ada" | "mia" | "dave"): SizedRun =>
  (crowd, first) => ({ as: crowd[viewer], variables: { first } });

const idsOf = (people: readonly Person[]) => people.map(({ id }) => id);
const words = (size: number) => Array.from({ length: size }, (_, at) => `word ${at}`);
const talkOf = ({ small, large }: Crowd, size: number) => (size === 1 ? small : large);
const password = "correct horse battery staple";

const TAGS_MAX = 10;
const LANGUAGES = "ar bg cs da de el en es et fi fr ga hr hu it ja lt lv mt nl".split(" ");
const INTENTS = ["MENTOR", "HIRE", "INVEST", "NETWORKING", "FIND_WORK", "FIND_MENTOR"];

/** By the operation's name, and what is special about the run. */
export const SIZED_RUNS: Readonly<Record<string, SizedRun>> = {
  BlockedUsers: page("dave"),
  Sessions: async (_crowd, first) => {
    const person = await aPerson();
    await insertSessions(person, first - 1);
    return { as: person, variables: { first } };
  },
  Conversations: page("ada"),
  Home: page("ada"),
  ManagedEvents: page("ada"),
  MatchSuggestions: page("ada"),
  Matches: page("mia"),
  MyRegistrations: page("ada"),
  SuggestedTopics: ({ ada }) => ({ as: ada, variables: { kind: "SKILL" } }),
  ConversationPage: (crowd, last) => ({
    as: crowd.ada,
    variables: { id: talkOf(crowd, last).id, last },
  }),
  ConversationMembers: (crowd, size) => ({
    as: crowd.ada,
    variables: { id: talkOf(crowd, size).id },
  }),
  ConversationSummary: (crowd, size) => ({
    as: crowd.ada,
    variables: { id: talkOf(crowd, size).id },
  }),
  Reactions: async ({ ada, large }, first) => {
    const messageId = first === 1 ? await aLikedMessage(ada) : large.messageId;
    return { as: ada, variables: { messageId, first } };
  },
  ...MESSAGE_RUNS,
  ...GROUP_RUNS,
  ...NOTIFICATION_RUNS,
  PinnedMessages: ({ ada, large }, first) => ({ as: ada, variables: { id: large.id, first } }),
  EventPage: ({ ada, eventId }, first) => ({ as: ada, variables: { id: eventId, first } }),
  ...EVENT_RUNS,
  ...DOOR_RUNS,
  FindEvents: ({ ada }, first) => ({
    as: ada,
    variables: { first, filter: { organizerId: ada.id } },
  }),
  EventMatches: ({ mia, eventId }) => ({ as: mia, variables: { id: eventId } }),
  SearchUsers: ({ ada, friendName }, first) => ({
    as: ada,
    variables: { first, search: friendName },
  }),
  CreateEvent: ({ ada }, size) => input(ada, eventInput({ tags: words(Math.min(size, TAGS_MAX)) })),
  UpdateEvent: (crowd, size) => input(crowd.ada, taggedAnew(crowd, size)),
  RegistrationUpdated: async (crowd, size) => {
    const { ada, eventId } = crowd;
    const after = await changedEvent(crowd, size, `event:${eventId}`);
    return { as: ada, variables: { eventId, after } };
  },
  ViewerRegistrationUpdated: async (crowd, size) => {
    const after = await changedEvent(crowd, size, `person:${crowd.ada.id}`);
    return { as: crowd.ada, variables: { after } };
  },
  CreateGroupConversation: ({ ada, friends }, size) =>
    input(ada, { title: "Talk", memberIds: idsOf(friends.slice(0, size)) }),
  AddMembers: async ({ ada, friends }, size) =>
    input(ada, {
      conversationId: await aGroup(ada, []),
      userIds: idsOf(friends.slice(0, size)),
    }),
  "AddMembers of people who have left": async ({ ada, friends }, size) => {
    const some = friends.slice(0, size);
    const conversationId = await aGroup(ada, some);
    for (const friend of some) await mutate("LeaveConversation", friend, { conversationId });
    return input(ada, { conversationId, userIds: idsOf(some) });
  },
  AddReaction: (crowd, size) =>
    input(crowd.ada, { messageId: talkOf(crowd, size).messageId, emoji: "🎉" }),
  RemoveReaction: async (crowd, size) => {
    const { messageId } = talkOf(crowd, size);
    if (size === 1) await mutate("AddReaction", crowd.ada, { messageId, emoji: "👍" });
    return input(crowd.ada, { messageId, emoji: "🎉" });
  },
  ConversationEvents: async (crowd, size) => {
    const { id: conversationId } = talkOf(crowd, size);
    const after = (await lastSeqOf(crowd, conversationId)) - 1;
    return { as: crowd.ada, variables: { conversationId, after } };
  },
  "ConversationEvents of people who come": async (crowd, size) => {
    const { ada, friends } = crowd;
    const conversationId = await aGroup(ada, []);
    const userIds = idsOf(friends.slice(0, size));
    await mutate("AddMembers", ada, { conversationId, userIds });
    const after = (await lastSeqOf(crowd, conversationId)) - 1;
    return { as: ada, variables: { conversationId, after } };
  },
  // The positions of the other streams come first.
  InboxEvents: async (crowd, size) => {
    const { id } = talkOf(crowd, size);
    const seq = (await lastSeqOf(crowd, id)) - 1;
    const after = [{ streamId: `conversation:${id}`, seq }];
    return { as: crowd.ada, variables: { after }, events: 2 };
  },
  "InboxEvents of a new conversation": async ({ ada, friends }, size) => {
    const text = operation("InboxPosition");
    const { me } = await dataOf<{ me: { inboxSeq: number } }>(text, {}, { as: ada.token });
    await aGroup(ada, friends.slice(0, size));
    const after = [{ streamId: `person:${ada.id}`, seq: me.inboxSeq }];
    return { as: ada, variables: { after }, events: 2 };
  },
  "InboxEvents at its beginning": ({ ada, admin }, size) => ({ as: size === 1 ? admin : ada }),
  MatchCreated: ({ pair: [one, other] }, size) => ({
    as: size === 1 ? one : other,
    variables: { after: 0 },
  }),
  UpdateProfile: ({ mia, dave }, size) =>
    input(size === 1 ? mia : dave, {
      languages: LANGUAGES.slice(0, size),
      skills: words(size),
      interests: words(size),
      intents: INTENTS.slice(0, size),
    }),
  FirstSteps: ({ mia, dave }, size) => ({ as: size === 1 ? mia : dave }),
  UserProfile: ({ ada, mia, dave }, size) => ({
    as: ada,
    variables: { id: (size === 1 ? mia : dave).id },
  }),
  Erasures: async ({ admin }, first) => {
    await someErasures(first);
    return { as: admin, variables: { first } };
  },
  NameReviews: async ({ admin, ada, friends }, first) => {
    const userId = ada.id;
    const displayName = `Likeness ${newId()}`;
    await dataOf(operation("UpdateProfile"), { input: { displayName } }, { as: ada.token });
    await mutate("VerifyUser", admin, { userId });
    for (const { token } of friends.slice(0, first)) {
      await dataOf(operation("UpdateProfile"), { input: { displayName } }, { as: token });
    }
    return { as: admin, variables: { first } };
  },
  SuspendedUsers: async ({ admin }, first) => {
    const others = Array.from({ length: first }, () => aPerson());
    for (const { id: userId } of await Promise.all(others)) {
      await mutate("SuspendUser", admin, { userId, reason: "A test." });
    }
    return { as: admin, variables: { first } };
  },
  FailedJobs: async ({ admin }, first) => {
    await someFailedJobs(first);
    return { as: admin, variables: { first } };
  },
  GrantRole: async ({ admin, mia, dave }, size) => {
    const userId = (size === 1 ? mia : dave).id;
    if (size === 1) await mutate("RevokeRole", admin, { userId, role: "ORGANIZER" });
    return input(admin, { userId, role: "MODERATOR" });
  },
  Desk: ({ ada, dave }, size) => ({ as: size === 1 ? ada : dave }),
  Me: ({ ada, dave }, size) => ({ as: size === 1 ? ada : dave }),
  PersonForStaff: ({ admin, ada, dave }, size) => ({
    as: admin,
    variables: { id: (size === 1 ? ada : dave).id, isAdmin: true },
  }),
  SignIn: ({ ada, dave }, size) => {
    const { email } = size === 1 ? ada : dave;
    return input(undefined, { email, password });
  },
  ...FACTOR_RUNS,
  RevokeRole: ({ admin, mia, dave }, size) =>
    input(admin, { userId: (size === 1 ? mia : dave).id, role: "MODERATOR" }),
  SignUp: () =>
    input(undefined, {
      email: `${randomUUID()}@meetinity.test`,
      password,
      displayName: "Somebody",
    }),
};

export const operationOf = (label: string) => label.split(" ")[0] ?? "";

export interface Ran {
  readonly tag: string;
  /** Items of the longest list in the variables and the answer, or in the last event. */
  readonly longest: number;
}

/** Runs one of them at the first router, or at another graph. */
export async function runSized(
  label: string,
  crowd: Crowd,
  size: number,
  url?: string,
): Promise<Ran> {
  const { as, variables = {}, events = 1 } = (await SIZED_RUNS[label]?.(crowd, size)) ?? {};
  const { tag, text } = tagged(operationOf(label));
  const where = { as: as?.token, ...(url !== undefined && { url }) };
  if (!text.startsWith("subscription")) {
    return { tag, longest: longestIn({ variables, data: await dataOf(text, variables, where) }) };
  }
  const socket = await connect(where);
  const id = socket.subscribe(text, variables);
  const data: unknown[] = [];
  while (data.length < events) data.push(await socket.event(id));
  socket.close();
  return { tag, longest: longestIn(data.at(-1)) };
}

function longestIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? value.length : 0;
  return Math.max(own, ...Object.values(value).map(longestIn));
}

async function lastSeqOf({ ada }: Crowd, id: string): Promise<number> {
  type Data = { conversation: { lastSeq: number } };
  const found = await dataOf<Data>(operation("ConversationPage"), { id }, { as: ada.token });
  return found.conversation.lastSeq;
}
