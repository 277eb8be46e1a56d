// Reads which streams a person may see, and keeps how far each was delivered to a session of
// theirs. The entries themselves are read by the kit.
import type { Viewer } from "#kit/identity";
import type { Database } from "../context.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** A stream of a person: of a conversation that they are in, or their own. */
export interface StreamRow {
  readonly streamId: string;
  /** The seq of its last entry. */
  readonly head: number;
  /** The entry that brought them into the conversation; 0 for their own stream. */
  readonly joinedSeq: number;
  /** What was delivered to the session; else up to where they have read, or the own head. */
  readonly position: number;
}

/**
 * All streams of a person, in one statement: an entry about a conversation that the rows do not
 * show yet is behind the head that they show of the person's own stream.
 */
export async function findStreams(
  database: Database,
  viewer: Pick<Viewer, "id" | "sessionId">,
): Promise<StreamRow[]> {
  return database.$queryRaw<StreamRow[]>`/* messaging.inbox.streams */
    ${conversationsOf(viewer)}
    union all
    select own.id, coalesce(stream.last_seq, 0), 0, coalesce(delivery.seq, stream.last_seq, 0)
    from (values ('person:' || ${viewer.id})) as own(id)
    left join stream on stream.id = own.id
    left join delivery on delivery.stream_id = own.id
      and delivery.session_id = ${viewer.sessionId} and delivery.person_id = ${viewer.id}::uuid`;
}

/** The stream of one conversation, if the person is in it now. */
export async function findStream(
  database: Database,
  viewer: Pick<Viewer, "id" | "sessionId">,
  conversationId: string,
): Promise<StreamRow | null> {
  const rows = await database.$queryRaw<StreamRow[]>`/* messaging.inbox.stream */
    ${conversationsOf(viewer)} and member.conversation_id = ${conversationId}::uuid`;
  return rows[0] ?? null;
}

function conversationsOf({ id, sessionId }: Pick<Viewer, "id" | "sessionId">): Prisma.Sql {
  return Prisma.sql`
    select stream.id as "streamId", stream.last_seq as head, member.joined_seq as "joinedSeq",
      coalesce(delivery.seq, member.read_seq) as position
    from member
    join stream on stream.id = 'conversation:' || member.conversation_id
    left join delivery on delivery.stream_id = stream.id
      and delivery.session_id = ${sessionId} and delivery.person_id = ${id}::uuid
    where member.user_id = ${id}::uuid`;
}

/** How far a stream was delivered to a session. */
export interface DeliveryMark {
  readonly sessionId: string;
  readonly personId: string;
  readonly streamId: string;
  readonly seq: number;
}

/** Keeps marks, in one statement; one that was further already stays. */
export async function keepMarks(database: Database, marks: readonly DeliveryMark[]): Promise<void> {
  const column = <K extends keyof DeliveryMark>(name: K) => marks.map((mark) => mark[name]);
  await database.$executeRaw`/* messaging.delivery.keep */
    insert into delivery (session_id, stream_id, person_id, seq, touched_at)
    select session_id, stream_id, person_id, seq, statement_timestamp()
    from unnest(${column("sessionId")}::text[], ${column("streamId")}::text[],
      ${column("personId")}::uuid[], ${column("seq")}::int[])
      as mark(session_id, stream_id, person_id, seq)
    order by session_id collate "C", stream_id collate "C"
    on conflict (session_id, stream_id) do update
      set seq = greatest(delivery.seq, excluded.seq), touched_at = excluded.touched_at`;
}

/** Forgets what was delivered to sessions of a person that have not come for long. */
export async function forgetMarks(
  database: Database,
  personId: string,
  untouchedSince: Date,
): Promise<void> {
  await database.delivery.deleteMany({
    where: { personId, touchedAt: { lt: untouchedSince } },
  });
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
}
