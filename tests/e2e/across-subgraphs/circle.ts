// A circle of friends who meet, match and talk, told through the real write paths: the larger it
// is, the longer every list of the one who opens the app.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../../kit/stories.ts";
import { aGroup, aMessage } from "../messaging/harness.ts";

export interface Circle {
  readonly ada: Person;
  /** In the order of their ids. */
  readonly friends: readonly Person[];
  /** The last made first. */
  readonly eventIds: readonly string[];
  readonly conversationIds: readonly string[];
}

/**
 * Ada and as many friends, events and conversations: everybody is in each of them, everybody but
 * Ada says hello in each conversation, and all are good at one rare thing. Matching knows of it.
 */
export async function aCircle(size: number): Promise<Circle> {
  const ada = await aPerson("Ada");
  const friends = await Promise.all(Array.from({ length: size }, () => aPerson("Friend")));
  friends.sort((a, b) => (a.id < b.id ? -1 : 1));
  const people = [ada, ...friends];
  const skills = [`skill ${newId()}`];
  const profile = { input: { skills } };
  const change = ({ token }: Person) => dataOf(operation("UpdateProfile"), profile, { as: token });
  await Promise.all(people.map(change));
  const eventIds: string[] = [];
  const conversationIds: string[] = [];
  for (let made = 0; made < size; made += 1) {
    const eventId = await anEvent(ada.token, { title: "Evening", capacity: 100 });
    for (const { token } of people) await aRegistration(token, eventId);
    eventIds.unshift(eventId);
    const conversationId = await aGroup(ada, friends);
    await Promise.all(friends.map((friend) => aMessage(friend, conversationId)));
    conversationIds.unshift(conversationId);
  }
  const registered = "select from registration where event_id = any($1)";
  await untilRows("matching", "select from person where skills = $1", [skills], people.length);
  await untilRows("matching", "select from event where id = any($1)", [eventIds], size);
  await untilRows("matching", registered, [eventIds], size * people.length);
  return { ada, friends, eventIds, conversationIds };
}
