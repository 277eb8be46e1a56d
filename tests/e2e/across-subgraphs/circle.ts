// A circle of friends with events, suggestions and conversations, made through the API. Its size is
// the length of every list of the home query.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../../kit/stories.ts";
import { aGroup, aMessage } from "../messaging/harness.ts";

export interface Circle {
  readonly ada: Person;
  /** Sorted by id. */
  readonly friends: readonly Person[];
  /** Latest first. */
  readonly eventIds: readonly string[];
  readonly conversationIds: readonly string[];
}

/**
 * Ada with `size` friends, events and conversations. All are in each of them and share one rare
 * skill, which matching knows. All but Ada send a message in each conversation.
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
