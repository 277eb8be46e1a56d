// Suspended people are in no list, except for moderators and organizers, and come back to all.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../../kit/stories.ts";
import { mutate } from "../messaging/harness.ts";
import { aPersonWho } from "./moderators.ts";

const REASON = "Selling tickets by private message.";

let moderator: Person;
let admin: Person;
beforeAll(async () => {
  [moderator, admin] = await Promise.all([aPersonWho("MODERATOR"), aPersonWho("ADMIN")]);
});

const suspend = (whom: { id: string }) =>
  mutate("SuspendUser", moderator, { userId: whom.id, reason: REASON });
const reinstate = (whom: { id: string }) => mutate("ReinstateUser", moderator, { userId: whom.id });

describe("a suspended person", () => {
  test("is found by moderators and admins, with the reason, and by nobody else", async () => {
    const name = `Name ${newId()}`;
    const [person, other] = await Promise.all([aPerson(name), aPerson(name)]);
    const found = async ({ token }: Person) => {
      type Data = { users: { edges: { node: { id: string } }[] } };
      const { users } = await dataOf<Data>(
        operation("SearchUsers"),
        { search: name },
        { as: token },
      );
      return users.edges.some(({ node }) => node.id === person.id);
    };
    expect(await found(other)).toBe(true);
    await suspend(person);
    expect(await found(other)).toBe(false);
    expect(await found(moderator)).toBe(true);
    expect(await found(admin)).toBe(true);
    type Data = { suspendedUsers: { edges: { node: { id: string; suspension: unknown } }[] } };
    const as = { as: moderator.token };
    const { suspendedUsers } = await dataOf<Data>(operation("SuspendedUsers"), { first: 100 }, as);
    const listed = suspendedUsers.edges.find(({ node }) => node.id === person.id);
    expect(listed?.node.suspension).toMatchObject({
      reason: REASON,
      suspendedBy: { id: moderator.id },
    });
    const query = "query($id: ID!) { user(id: $id) { displayName suspension { reason } } }";
    const asked = await ask(query, { id: person.id }, { as: other.token });
    expect(asked.data).toMatchObject({ user: { displayName: name, suspension: null } });
    expect(JSON.stringify(asked)).not.toContain("tickets");
    await reinstate(person);
    expect(await found(other)).toBe(true);
  });

  test("is missing among attendees, except for the organizer, and keeps the seat", async () => {
    const [host, guest, person] = await Promise.all([aPerson(), aPerson(), aPerson()]);
    const eventId = await anEvent(host.token);
    for (const { token } of [guest, person]) await aRegistration(token, eventId);
    const seen = async ({ token }: Person) => {
      const { event } = await dataOf<{
        event: { seatsTaken: number; attendees: { edges: { node: { id: string } }[] } };
      }>(operation("EventPage"), { id: eventId, first: 10 }, { as: token });
      return { seats: event.seatsTaken, ids: event.attendees.edges.map(({ node }) => node.id) };
    };
    const known = "select from person_standing where person_id = $1 and standing = $2";
    await suspend(person);
    await untilRows("events", known, [person.id, "SUSPENDED"], 1);
    expect(await seen(guest)).toEqual({ seats: 2, ids: [guest.id] });
    expect(await seen(host)).toEqual({ seats: 2, ids: [guest.id, person.id] });
    await reinstate(person);
    await untilRows("events", known, [person.id, "ACTIVE"], 1);
    expect(await seen(guest)).toEqual({ seats: 2, ids: [guest.id, person.id] });
  });

  test("disappears from suggestions of others", async () => {
    const skills = [`skill ${newId()}`];
    const [ada, person] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
    for (const { token } of [ada, person]) {
      await dataOf(operation("UpdateProfile"), { input: { skills } }, { as: token });
    }
    await untilRows("matching", "select from person where skills = $1", [skills], 2);
    const suggested = async () => {
      type Data = { matchSuggestions: { edges: { node: { user: { id: string } } }[] } };
      const data = await dataOf<Data>(operation("MatchSuggestions"), {}, { as: ada.token });
      return data.matchSuggestions.edges.some(({ node }) => node.user.id === person.id);
    };
    expect(await suggested()).toBe(true);
    await suspend(person);
    const known = "select from person_standing where person_id = $1 and standing = 'SUSPENDED'";
    await untilRows("matching", known, [person.id], 1);
    expect(await suggested()).toBe(false);
  });
});

test.each(["UNVERIFIED", "LEAVING"])(
  "a person who is %s is found by admins alone",
  async (word) => {
    const name = `Name ${newId()}`;
    const [person, other] = await Promise.all([aPerson(name), aPerson(name)]);
    await withDatabase("users", (client) =>
      client.query("update person set standing = $2::standing where id = $1", [person.id, word]),
    );
    const found = async ({ token }: Person) => {
      type Data = { users: { edges: { node: { id: string } }[] } };
      const { users } = await dataOf<Data>(
        operation("SearchUsers"),
        { search: name },
        { as: token },
      );
      return users.edges.map(({ node }) => node.id).sort();
    };
    expect(await found(other)).toEqual([other.id]);
    expect(await found(moderator)).toEqual([other.id]);
    expect(await found(admin)).toEqual([person.id, other.id].sort());
  },
);
