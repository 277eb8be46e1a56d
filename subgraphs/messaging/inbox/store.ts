// Reads which streams a person may see, and keeps how far each subscriber of theirs has received
// them. The entries themselves are read by the kit.
import type { Database } from "../context.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { InboxStream, Position } from "./rules.ts";

/**
 * All streams of a person, in one statement, with the marks of a subscriber: an entry about a
 * conversation that the rows do not show yet is behind the head that they show of the person's own
 * stream. That one comes first, then the conversations in which something was said last.
 */
export async function findStreams(
  database: Database,
  personId: string,
  subscriberId: string | null,
): Promise<InboxStream[]> {
  return database.$queryRaw<InboxStream[]>`/* messaging.inbox.streams */
    with seen as (
      ${conversationsOf(personId)}
      union all
      select own.id, coalesce(stream.last_seq, 0), 0, null
      from (values ('person:' || ${personId})) as own(id)
      left join stream on stream.id = own.id
    )
    select seen."streamId", seen.head, seen."joinedSeq", mark.seq as mark
    from seen
    left join subscriber_mark as mark on mark.stream_id = seen."streamId"
      and mark.person_id = ${personId}::uuid and mark.subscriber_id = ${subscriberId}
    order by seen."activityAt" desc nulls first`;
}

/** The stream of one conversation, if the person is in it now. */
export async function findStream(
  database: Database,
  personId: string,
  conversationId: string,
): Promise<Omit<InboxStream, "mark"> | null> {
  const rows = await database.$queryRaw<InboxStream[]>`/* messaging.inbox.stream */
    ${conversationsOf(personId)} and member.conversation_id = ${conversationId}::uuid`;
  return rows[0] ?? null;
}

function conversationsOf(personId: string): Prisma.Sql {
  return Prisma.sql`
    select stream.id as "streamId", stream.last_seq as head, member.joined_seq as "joinedSeq",
      conversation.activity_at as "activityAt"
    from member
    join conversation on conversation.id = member.conversation_id
    join stream on stream.id = 'conversation:' || member.conversation_id
    where member.user_id = ${personId}::uuid`;
}

/** The conversations into which a person came behind a place in their own stream. */
export async function findAdded(database: Database, own: Position): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.inbox.added */
    select distinct payload ->> 'conversationId' as id from stream_entry
    where stream_id = ${own.streamId} and seq > ${own.seq}::int and type = 'conversationAdded'`;
  return new Set(rows.map(({ id }) => id));
}

/** One connection of a subscriber: while it is the latest, it moves the marks. */
export interface SubscriberConnection {
  readonly personId: string;
  readonly subscriberId: string;
  /** Tells it from every other connection. */
  readonly id: string;
}

interface Keeping {
  readonly now: Date;
  /** Subscribers of anybody that were not touched since are forgotten. */
  readonly idleSince: Date;
  /** A person keeps the latest of their subscribers. */
  readonly subscribersMax: number;
}

/**
 * From now on this connection alone moves the marks of its subscriber, which may be a new one.
 * Tells whether the client has received where its streams begin.
 */
export async function connectSubscriber(
  database: Database,
  { personId, subscriberId, id }: SubscriberConnection,
  { now, idleSince, subscribersMax }: Keeping,
): Promise<{ readonly isBegun: boolean }> {
  const rows = await database.$queryRaw<{ isBegun: boolean }[]>`/* messaging.subscriber.open */
    with opened as (
      insert into subscriber (person_id, id, opening, touched_at)
      values (${personId}::uuid, ${subscriberId}, ${id}::uuid, ${now})
      on conflict (person_id, id) do update
        set opening = excluded.opening, touched_at = excluded.touched_at
      returning is_begun as "isBegun"
    ), others as (
      delete from subscriber where (person_id, id) in (
        (select person_id, id from subscriber where touched_at < ${idleSince} limit 100)
        union
        (select person_id, id from subscriber
          where person_id = ${personId}::uuid and id <> ${subscriberId}
          order by touched_at desc, id offset ${subscribersMax - 1}::int)
        except
        select ${personId}::uuid, ${subscriberId}
      )
    )
    select "isBegun" from opened`;
  return { isBegun: rows[0]?.isBegun ?? false };
}

/**
 * The marks of a subscriber are these from now on, if its connection is still the latest; `isBegun`
 * says that its client knows them.
 */
export async function replaceMarks(
  database: Database,
  { personId, subscriberId, id }: SubscriberConnection,
  positions: readonly Position[],
  isBegun: boolean,
): Promise<void> {
  const streamIds = positions.map(({ streamId }) => streamId);
  const seqs = positions.map(({ seq }) => seq);
  await database.$executeRaw`/* messaging.marks.replace */
    with held as (
      update subscriber set is_begun = ${isBegun}
      where person_id = ${personId}::uuid and id = ${subscriberId} and opening = ${id}::uuid
      returning person_id, id
    ), others as (
      delete from subscriber_mark using held
      where subscriber_mark.person_id = held.person_id and subscriber_id = held.id
        and stream_id <> all(${streamIds}::text[])
    )
    insert into subscriber_mark (person_id, subscriber_id, stream_id, seq)
    select held.person_id, held.id, position.stream_id, position.seq
    from held, unnest(${streamIds}::text[], ${seqs}::int[]) as position(stream_id, seq)
    on conflict (person_id, subscriber_id, stream_id) do update set seq = excluded.seq`;
}

/** Up to where the client of a connection has received a stream. */
export interface Mark extends Position {
  readonly opening: SubscriberConnection;
}

/**
 * Moves marks forward, in one statement. Tells by their ids the connections that still move the
 * marks of their subscribers: those of the others are passed over.
 */
export async function moveMarks(
  database: Database,
  marks: readonly Mark[],
): Promise<ReadonlySet<string>> {
  const column = <K extends keyof SubscriberConnection>(name: K) =>
    marks.map(({ opening }) => opening[name]);
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.marks.move */
    with given as (
      select * from unnest(${column("personId")}::uuid[], ${column("subscriberId")}::text[],
        ${column("id")}::uuid[], ${marks.map(({ streamId }) => streamId)}::text[],
        ${marks.map(({ seq }) => seq)}::int[])
        as given(person_id, subscriber_id, opening, stream_id, seq)
    ), held as (
      select person_id, id, opening from subscriber
      where (person_id, id, opening) in (select person_id, subscriber_id, opening from given)
      order by person_id, id for no key update
    ), touched as (
      update subscriber set touched_at = statement_timestamp(), is_begun = true from held
      where subscriber.person_id = held.person_id and subscriber.id = held.id
    ), moved as (
      insert into subscriber_mark (person_id, subscriber_id, stream_id, seq)
      select given.person_id, given.subscriber_id, given.stream_id, given.seq
      from given join held using (person_id, opening)
      where held.id = given.subscriber_id
      on conflict (person_id, subscriber_id, stream_id) do update
        set seq = greatest(subscriber_mark.seq, excluded.seq)
    )
    select opening::text as id from held`;
  return new Set(rows.map(({ id }) => id));
}

// What the events of a person's own log are to their resolvers.

interface OwnEventRow {
  readonly streamId: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly createdAt: Date;
  readonly conversationId: string;
}

export interface ConversationReadRow extends OwnEventRow {
  readonly __typename: "ConversationRead";
  readonly readSeq: number;
}
export interface ConversationAddedRow extends OwnEventRow {
  readonly __typename: "ConversationAdded";
  /** Where the conversation begins for the person. */
  readonly position: Position;
}

/** What stands before all entries of an inbox whose beginning its client does not know. */
export interface InboxOpenedRow extends Omit<OwnEventRow, "conversationId"> {
  readonly __typename: "InboxOpened";
  readonly positions: readonly Position[];
}
