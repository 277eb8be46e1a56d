// The group of an event has its attendees, whatever becomes of their registrations.
import { afterAll, expect, test } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { openDatabase } from "../../../kit/data/database.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { operation } from "../../../schema/operations.ts";
import { reconcilingEvents } from "../../../subgraphs/messaging/event-groups/jobs.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";
import {
  anEvent,
  aRegistration,
  cancelRegistration,
  namedPeople,
  type Person,
} from "../../kit/stories.ts";
import { expectConsistent, logOf, mutate, read } from "./harness.ts";

const log = createLog({ name: "event-groups-test", level: "error" });
const url = stack().urls.databases.messaging ?? "";
const { database, close } = openDatabase<PrismaClient>(PrismaClient, url, log);
afterAll(close);

async function opensGroup({ token }: Person, eventId: string): Promise<string | undefined> {
  const input = { eventId, title: "TypeScript evening" };
  const { data, errors } = await ask<{
    openEventConversation: { conversation: { id: string } };
  }>(operation("OpenEventConversation"), { input }, { as: token });
  return errors?.[0]?.extensions.code ?? data?.openEventConversation.conversation.id;
}

/** An event whose group is open. */
async function aGroupOf(organizer: Person): Promise<{ eventId: string; id: string }> {
  const eventId = await anEvent(organizer.token);
  await untilRows("messaging", "select from event where id = $1", [eventId], 1);
  return { eventId, id: (await opensGroup(organizer, eventId)) ?? "" };
}

async function membersOf(reader: Person, id: string): Promise<string[]> {
  const page = await read(reader, id);
  return (page?.members.edges ?? []).map(({ node }) => node.user.id).sort();
}

const expectMembers = (reader: Person, id: string, people: readonly Person[]) =>
  expect
    .poll(() => membersOf(reader, id), { timeout: 15_000 })
    .toEqual(people.map((person) => person.id).sort());

test("people with seats join the group of their event, and leave it with their registrations", async () => {
  const [ada, bob, cy, dan] = await namedPeople(4);
  const eventId = await anEvent(ada.token);
  await aRegistration(bob.token, eventId);
  await untilRows("messaging", "select from registration where event_id = $1", [eventId], 1);
  expect(await opensGroup(bob, eventId)).toBe("NOT_FOUND");
  const id = (await opensGroup(ada, eventId)) ?? "";
  expect(await opensGroup(ada, eventId)).toBe(id);
  await expectMembers(ada, id, [ada, bob]);
  const { id: registrationId } = await aRegistration(cy.token, eventId);
  await aRegistration(dan.token, eventId, { isHidden: true });
  await expectMembers(ada, id, [ada, bob, cy]);
  const asked = { id: eventId };
  const { event } = await dataOf<{ event: { conversation: { id: string } | null } }>(
    operation("EventConversation"),
    asked,
    { as: cy.token },
  );
  expect(event.conversation).toMatchObject({ id, leftOutCount: 0, event: { id: eventId } });
  const hidden = await dataOf<typeof event>(operation("EventConversation"), asked, {
    as: dan.token,
  });
  expect(hidden).toMatchObject({ event: { conversation: null } });
  await cancelRegistration(cy.token, registrationId);
  await expectMembers(ada, id, [ada, bob]);
  await aRegistration(cy.token, eventId);
  await expectMembers(ada, id, [ada, bob, cy]);
  await expectConsistent(id);
  const changes = (await logOf(id)).filter(({ type }) => type === "membersChanged");
  expect(changes.every(({ payload }) => !("actorId" in payload))).toBe(true);
});

test("people who left or were removed are not brought back, also not by the daily search", async () => {
  const [ada, bob, cy] = await namedPeople(3);
  const { eventId, id } = await aGroupOf(ada);
  await Promise.all([aRegistration(bob.token, eventId), aRegistration(cy.token, eventId)]);
  await expectMembers(ada, id, [ada, bob, cy]);
  await mutate("LeaveConversation", bob, { conversationId: id });
  await mutate("RemoveMember", ada, { conversationId: id, userId: cy.id });
  await reconcile();
  expect(await membersOf(ada, id)).toEqual([ada.id]);
});

test("the daily search repairs what was lost, and finds nothing more then", async () => {
  const [ada, bob, cy] = await namedPeople(3);
  const { eventId, id } = await aGroupOf(ada);
  await Promise.all([aRegistration(bob.token, eventId), aRegistration(cy.token, eventId)]);
  await expectMembers(ada, id, [ada, bob, cy]);
  await withDatabase("messaging", async (client) => {
    for (const table of ["member", "event_member"]) {
      const text = `delete from ${table} where conversation_id = $1 and user_id = $2`;
      await client.query(text, [id, bob.id]);
    }
    const lost =
      "update registration set status = 'CANCELLED' where event_id = $1 and person_id = $2";
    await client.query(lost, [eventId, cy.id]);
  });
  await reconcile();
  expect(await membersOf(ada, id)).toEqual([ada.id, bob.id].sort());
  const { length } = await logOf(id);
  await reconcile();
  expect(await logOf(id)).toHaveLength(length);
  await expectConsistent(id);
});

function reconcile(): Promise<void> {
  return reconcilingEvents(database, systemClock).run(new AbortController().signal);
}
