// Reads and writes the groups of events. Writers hold the lock of the conversation's stream.
import type { Database, Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { EventGroup } from "./rules.ts";

/** The conversation of an event; null when there is none. */
export async function findEventConversation(
  database: Database | Transaction,
  eventId: string,
): Promise<string | null> {
  const found = await database.conversation.findUnique({
    where: { eventId },
    select: { id: true },
  });
  return found?.id ?? null;
}

/** The conversations of those events that have one, in one statement. */
export async function findEventConversations(
  database: Database,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await database.$queryRaw<
    { id: string; eventId: string }[]
  >`/* messaging.events.conversations */
    select id::text, event_id::text as "eventId" from conversation
    where event_id = any(${eventIds}::uuid[])`;
  return new Map(rows.map(({ id, eventId }) => [eventId, id]));
}

/** True for a published event of this organizer. */
export async function isOrganizedBy(
  database: Database | Transaction,
  eventId: string,
  organizerId: string,
): Promise<boolean> {
  const where = { id: eventId, organizerId, status: "PUBLISHED" };
  return (await database.event.count({ where })) > 0;
}

/** People with seats who do not hide, have an account, and whose account is not erased. */
const ATTENDEES = Prisma.sql`
  select distinct registration.event_id, registration.person_id as user_id from registration
  join person on person.id = registration.person_id
  where registration.status in ('CONFIRMED', 'CHECKED_IN', 'NO_SHOW') and not registration.is_hidden
    and not exists (select from erasure where erasure.user_id = registration.person_id)`;

/** Holds for an `attendee` who may join the group `conversation` and is not in it. */
const IS_OUT = Prisma.sql`attendee.event_id = conversation.event_id
  and not exists (select from event_member as brought
    where (brought.conversation_id, brought.user_id) = (conversation.id, attendee.user_id))
  and not exists (select from member
    where (member.conversation_id, member.user_id) = (conversation.id, attendee.user_id))
  and not exists (select from departure
    where (departure.conversation_id, departure.user_id) = (conversation.id, attendee.user_id))`;

export interface StoredEventGroup extends EventGroup {
  readonly lastSeq: number;
}

/** The facts that decide who is in the group of an event; null for any other conversation. */
export async function findEventGroup(
  tx: Transaction,
  conversationId: string,
): Promise<StoredEventGroup | null> {
  const [found] = await tx.$queryRaw<StoredEventGroup[]>`/* messaging.events.group */
    select stream.last_seq as "lastSeq",
      array(select user_id::text from member
        where conversation_id = conversation.id) as present,
      array(select user_id::text from (${ATTENDEES}) as attendee
        where event_id = conversation.event_id order by user_id) as attendees,
      array(select user_id::text from event_member
        where conversation_id = conversation.id) as brought,
      array(select user_id::text from departure
        where conversation_id = conversation.id) as departed
    from conversation join stream on stream.id = 'conversation:' || conversation.id
    where conversation.id = ${conversationId}::uuid and conversation.event_id is not null`;
  return found ?? null;
}

/** Records whom registrations brought in. */
export async function insertBrought(
  tx: Transaction,
  conversationId: string,
  userIds: readonly string[],
): Promise<void> {
  const data = userIds.map((userId) => ({ conversationId, userId }));
  await tx.eventMember.createMany({ data, skipDuplicates: true });
}

/** Forgets people whom a new registration may bring in again. */
export async function deleteBrought(
  tx: Transaction,
  conversationId: string,
  userIds: readonly string[],
): Promise<void> {
  await tx.eventMember.deleteMany({ where: { conversationId, userId: { in: [...userIds] } } });
}

/** Deletes members who have no seat any more. */
export async function deleteMembers(
  tx: Transaction,
  conversationId: string,
  userIds: readonly string[],
): Promise<void> {
  await tx.member.deleteMany({ where: { conversationId, userId: { in: [...userIds] } } });
}

/** Groups that differ from the registrations of their events, behind an id, in one statement. */
export async function findDiffering(
  database: Database,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.events.differing */
    select conversation.id::text from conversation
    where event_id is not null and conversation.id > ${afterId}::uuid and (
      exists (
        select from (${ATTENDEES}) as attendee
        where ${IS_OUT})
      or exists (
        select from event_member as brought
        where brought.conversation_id = conversation.id and not exists (
          select from (${ATTENDEES}) as attendee
          where attendee.event_id = conversation.event_id and attendee.user_id = brought.user_id)))
    order by conversation.id limit ${limit}::int`;
  return rows.map(({ id }) => id);
}

/** The event of a conversation, and the attendees who are not in because it is full. */
export interface EventOfGroup {
  readonly eventId: string | null;
  readonly leftOutCount: number;
}

/** The events of conversations, in their order, in one statement. */
export async function findEventsOf(
  database: Database,
  conversationIds: readonly string[],
): Promise<EventOfGroup[]> {
  const rows = await database.$queryRaw<(EventOfGroup & { id: string })[]>`/* messaging.events.of */
    select conversation.id::text, event_id::text as "eventId", (
        select count(*)::int from (${ATTENDEES}) as attendee
        where ${IS_OUT}
      ) as "leftOutCount"
    from conversation where conversation.id = any(${conversationIds}::uuid[])`;
  const found = new Map(rows.map(({ id, ...row }) => [id, row]));
  return conversationIds.map((id) => found.get(id) ?? { eventId: null, leftOutCount: 0 });
}
