// Reads which streams a person may see, and stores the marks of their subscribers. The kit reads
// the entries.
import type { Database } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { InboxStream, Position } from "./rules.ts";

/**
 * All streams of a person with the marks of a subscriber, in one statement. A change of membership
 * that the rows do not show is behind the head of the person's own stream. That stream comes first,
 * then the conversations with the latest activity.
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
      select own.id, coalesce(stream.last_seq, 0), 0, 0, null
      from (values ('person:' || ${personId})) as own(id)
      left join stream on stream.id = own.id
    )
    select seen."streamId", seen.head, seen."joinedSeq", seen."visibleFromSeq", mark.seq as mark
    from seen
    left join subscriber_mark as mark on mark.stream_id = seen."streamId"
      and mark.person_id = ${personId}::uuid and mark.subscriber_id = ${subscriberId}
    order by seen."activityAt" desc nulls first`;
}

/** The stream of one conversation, if the person is a member now. */
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
      member.visible_from_seq as "visibleFromSeq", conversation.activity_at as "activityAt"
    from member
    join conversation on conversation.id = member.conversation_id
    join stream on stream.id = 'conversation:' || member.conversation_id
    where member.user_id = ${personId}::uuid`;
}

/** The conversations to which a person was added behind a position of their own stream. */
export async function findAdded(database: Database, own: Position): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.inbox.added */
    select distinct payload ->> 'conversationId' as id from stream_entry
    where stream_id = ${own.streamId} and seq > ${own.seq}::int and type = 'conversationAdded'`;
  return new Set(rows.map(({ id }) => id));
}

/** One connection of a subscriber. Only the latest one moves the marks. */
export interface SubscriberConnection {
  readonly personId: string;
  readonly subscriberId: string;
  /** New for each connection. */
  readonly id: string;
}

interface SubscriberLimits {
  readonly now: Date;
  /** Subscribers of any person that were idle since then are deleted. */
  readonly idleSince: Date;
  /** The most subscribers of a person; the least recently used are deleted. */
  readonly subscribersMax: number;
}

/**
 * Makes this connection the latest of its subscriber, which may be new, and deletes idle ones.
 * `isBegun` says whether the client has acknowledged where its streams start. Null, with nothing
 * stored, for a person whose account is erased: the erasure began after its row was committed, so
 * one statement is enough.
 */
export async function connectSubscriber(
  database: Database,
  { personId, subscriberId, id }: SubscriberConnection,
  { now, idleSince, subscribersMax }: SubscriberLimits,
): Promise<{ readonly isBegun: boolean } | null> {
  const rows = await database.$queryRaw<{ isBegun: boolean }[]>`/* messaging.subscriber.open */
    with opened as (
      insert into subscriber (person_id, id, opening, touched_at)
      select ${personId}::uuid, ${subscriberId}, ${id}::uuid, ${now}
      where not exists (select from erasure where user_id = ${personId}::uuid)
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
  return rows[0] ?? null;
}

/**
 * Replaces the marks of a subscriber, if its connection is still the latest. `isBegun` says that
 * its client knows them.
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

/** The acknowledged position of a connection in a stream. */
export interface Mark extends Position {
  readonly connection: SubscriberConnection;
}

/**
 * Moves marks forward in one statement. Returns the ids of the connections that are still the
 * latest of their subscribers; marks of the others are ignored.
 */
export async function moveMarks(
  database: Database,
  marks: readonly Mark[],
): Promise<ReadonlySet<string>> {
  const column = <K extends keyof SubscriberConnection>(name: K) =>
    marks.map(({ connection }) => connection[name]);
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

// The rows behind events of a person's own stream.

export interface OwnEventRow {
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
  /** Where the conversation starts for the person. */
  readonly position: Position;
}

/** The first event of an inbox whose client does not know where it starts. */
export interface InboxOpenedRow extends Omit<OwnEventRow, "conversationId"> {
  readonly __typename: "InboxOpened";
  readonly positions: readonly Position[];
}
