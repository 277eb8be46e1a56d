// A person at the centre of 20 of everything, for runs of operations with short and long lists. The
// real write paths make it, except for matches: 20 of them would be 80 requests.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { aPairWithOneSkill, match } from "../../kit/pairs.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../../kit/stories.ts";
import { asAdmin } from "../../security/matrix/world.ts";
import { aGroup, aMessage, mutate, send } from "../messaging/harness.ts";

export const SIZE = 20;

export interface Crowd {
  /** Has 20 events, registrations, suggestions and groups. */
  readonly ada: Person;
  readonly friends: readonly Person[];
  /** A search text that finds the friends, and only them. */
  readonly friendName: string;
  /** Of Ada's, with each friend as an attendee. */
  readonly eventId: string;
  /**
   * Of Ada with each friend; each has replied to the one before, and every message is pinned and
   * mentions Ada. One friend is an admin.
   */
  readonly large: Talk;
  /** The same of Ada and one friend, who has said something and replied to it. */
  readonly small: Talk;
  /** Has 20 matches, and a direct conversation with each. */
  readonly mia: Person;
  /** Blocks 20 people, and has a long profile once it is updated. */
  readonly dave: Person;
  readonly admin: { readonly token: string };
  /** Two who are matched. */
  readonly pair: readonly [Person, Person];
}

interface Talk {
  readonly id: string;
  readonly messageId: string;
}

export async function aCrowd(): Promise<Crowd> {
  const friendName = `Friend ${newId()}`;
  const [ada, mia, dave, chief] = await Promise.all([
    aPerson("Ada"),
    aPerson("Mia"),
    aPerson("Dave"),
    aPerson("Chief"),
  ]);
  const friends = await Promise.all(Array.from({ length: SIZE }, () => aPerson(friendName)));
  const [eventId, talks, pair] = await Promise.all([
    meet(ada, friends),
    talk(ada, friends),
    aMatchedPair(),
    insertMatches(mia, friends),
    block(dave, friends),
  ]);
  const admin = await asAdmin(chief);
  return { ada, friends, friendName, eventId, ...talks, mia, dave, admin, pair };
}

/** All friends come to one event and one to each of the others; all are good at one thing. */
async function meet(ada: Person, friends: readonly Person[]): Promise<string> {
  const skills = [`skill ${newId()}`];
  const events = await Promise.all(friends.map(() => anEvent(ada.token, { capacity: 100 })));
  const [first = ""] = events;
  for (const [at, friend] of friends.entries()) {
    const own = events[at] ?? first;
    const guests = own === first ? [ada] : [ada, friend];
    await Promise.all([
      ...guests.map(({ token }) => aRegistration(token, own)),
      aRegistration(friend.token, first),
    ]);
  }
  const people = [ada, ...friends];
  const learn = operation("UpdateProfile");
  await Promise.all(people.map(({ token }) => dataOf(learn, { input: { skills } }, { as: token })));
  const registrations = "select from registration where event_id = any($1)";
  await untilRows("matching", "select from person where skills = $1", [skills], people.length);
  await untilRows("matching", "select from event where id = any($1)", [events], SIZE);
  await untilRows("matching", registrations, [events], SIZE + SIZE + SIZE - 1);
  // The first visit makes the list of suggestions; the later ones read it.
  await dataOf(operation("MatchSuggestions"), {}, { as: ada.token });
  return first;
}

async function talk(ada: Person, friends: readonly Person[]) {
  const [first, ...others] = friends as [Person, ...Person[]];
  const mentions = [{ userId: ada.id, start: 0, length: 4 }];
  const large = { id: await aGroup(ada, friends), messageId: "" };
  for (const friend of friends) {
    const reply = large.messageId ? { replyToId: large.messageId } : {};
    const wish = { mentions, ...reply };
    const messageId = (await send(friend, large.id, "@Ada hello", wish)).message?.id ?? "";
    await mutate("PinMessage", ada, { messageId });
    large.messageId = messageId;
  }
  const small = { id: await aGroup(ada, [first]), messageId: "" };
  const { id: replyToId } = await aMessage(first, small.id);
  const last = await send(first, small.id, "@Ada hello", { mentions, replyToId });
  small.messageId = last.message?.id ?? "";
  await mutate("PinMessage", ada, { messageId: small.messageId });
  for (const { id: conversationId } of [large, small]) {
    await mutate("SetMemberRole", ada, { conversationId, userId: first.id, role: "ADMIN" });
  }
  await Promise.all(others.map(async (friend) => aMessage(friend, await aGroup(ada, [friend]))));
  // A message has at most 20 kinds: one is left to be added.
  const kinds = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒"];
  for (const [at, emoji] of kinds.entries()) {
    const by = friends[Math.floor(at / 5)] ?? ada;
    await mutate("AddReaction", by, { messageId: large.messageId, emoji });
  }
  return { large, small };
}

async function aMatchedPair() {
  const { people } = await aPairWithOneSkill();
  await match(people);
  return people;
}

async function insertMatches(mia: Person, friends: readonly Person[]): Promise<void> {
  const pairs = friends.map(({ id }) => [newId(), ...[id, mia.id].sort()]);
  const columns = [0, 1, 2].map((at) => pairs.map((pair) => pair[at]));
  const unnested = "select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[])";
  await withDatabase("matching", (client) =>
    client.query(`insert into match select *, now() from (${unnested}) as made`, columns),
  );
  await withDatabase("messaging", (client) =>
    client.query(`insert into match ${unnested}`, columns),
  );
  for (const { id: userId } of friends) await mutate("OpenDirectConversation", mia, { userId });
}

async function block(dave: Person, friends: readonly Person[]): Promise<void> {
  for (const { id: userId } of friends) await mutate("BlockUser", dave, { userId });
}
