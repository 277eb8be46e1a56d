// Reads and writes messages. `appendMessages` needs a statement before it that locks the streams:
// one statement that locks and judges together would see the state from before its wait.
import type { Connection, Edge, Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../context.ts";
import { type Message, Prisma } from "../generated/prisma/client.ts";
import type { SeqRange } from "../members/store.ts";

export type MessageRow = Omit<Message, "requestHash">;

/** A page of messages, and the part of the log to which it belongs. */
export interface MessageConnectionRow extends Connection<Edge<MessageRow>> {
  readonly range: SeqRange;
}

/** A message as its sender sent it; all ids are canonical. */
export interface NewMessage
  extends Pick<
    Message,
    "id" | "conversationId" | "senderId" | "clientMessageId" | "requestHash" | "replyToId"
  > {
  readonly body: string;
  /** Of its entry: null unless the trace is sampled. */
  readonly trace: string | null;
}

/** The verdict on one message; `seq` and `createdAt` are set for a stored one. */
export interface AppendRow {
  readonly verdict:
    | "stored"
    | "replayed"
    | "conflict"
    | "notFound"
    | "recipientGone"
    | "replyNotFound";
  readonly messageId: string;
  readonly seq: number | null;
  readonly createdAt: Date | null;
}

/**
 * Judges messages and stores the accepted ones with their entries, under its own snapshot. Returns
 * one row for each message, in their order. The caller has locked the conversations' streams.
 * `lateral … limit 1` makes PostgreSQL use the unique index; a plain join may keep a plan from when
 * the table was small, and read the whole table for each send.
 * A message has the time of its conversation's activity, which never goes back. An erased person is
 * no member any more, and so nobody receives what is sent to them alone.
 */
export async function appendMessages(
  tx: Pick<Transaction, "$queryRaw">,
  messages: readonly NewMessage[],
): Promise<AppendRow[]> {
  const column = <K extends keyof NewMessage>(name: K) => messages.map((each) => each[name]);
  const replies = messages.map((each) => each.replyToId ?? "");
  return tx.$queryRaw<AppendRow[]>`/* messaging.messages.append */
    with input as (
      select ord, id, conversation_id, sender_id, client_message_id, request_hash, body,
        nullif(reply_to, '')::uuid as reply_to_id, trace
      from unnest(${column("id")}::uuid[], ${column("conversationId")}::uuid[],
        ${column("senderId")}::uuid[], ${column("clientMessageId")}::text[],
        ${column("requestHash")}::text[], ${column("body")}::text[], ${replies}::text[],
        ${column("trace")}::text[])
        with ordinality as t(id, conversation_id, sender_id, client_message_id, request_hash, body,
          reply_to, trace, ord)
    ), judged as (
      select input.*, earlier.id as earlier_id,
        case
          when standing_of(input.sender_id, input.conversation_id) is distinct from 'MEMBER' then 'notFound'
          when earlier.request_hash = input.request_hash then 'replayed'
          when earlier.id is not null then 'conflict'
          when nobody.is_there then 'recipientGone'
          when input.reply_to_id is not null and replied.id is null then 'replyNotFound'
          else 'stored'
        end as verdict
      from input
      left join lateral (
        select id, request_hash from message
        where (conversation_id, sender_id, client_message_id)
          = (input.conversation_id, input.sender_id, input.client_message_id) limit 1
      ) as earlier on true
      left join lateral (
        select true as is_there from conversation
        where id = input.conversation_id and kind = 'DIRECT' and not exists (
          select from member
          where member.conversation_id = conversation.id and member.user_id <> input.sender_id
        ) limit 1
      ) as nobody on true
      left join lateral (
        select id from message
        where id = input.reply_to_id and conversation_id = input.conversation_id limit 1
      ) as replied on true
    ), welcome as (
      select *, first_value(id) over same as first_id, first_value(request_hash) over same as first_hash
      from judged where verdict = 'stored'
      window same as (partition by conversation_id, sender_id, client_message_id order by ord)
    ), fresh as (
      select *, row_number() over (partition by conversation_id order by ord)::int as n
      from welcome where id = first_id
    ), bumped as (
      update stream set last_seq = stream.last_seq + counted.n
      from (select conversation_id, count(*)::int as n from fresh group by 1) as counted
      where stream.id = 'conversation:' || counted.conversation_id
      returning counted.conversation_id, stream.last_seq - counted.n as base
    ), touched as (
      update conversation set activity_at = greatest(activity_at, statement_timestamp())
      from bumped where conversation.id = bumped.conversation_id
      returning conversation.id as conversation_id, bumped.base, activity_at
    ), stored as (
      insert into message (id, conversation_id, seq, sender_id, client_message_id, request_hash, body,
        reply_to_id, created_at)
      select fresh.id, conversation_id, touched.base + fresh.n, sender_id, client_message_id,
        request_hash, body, reply_to_id, touched.activity_at
      from fresh join touched using (conversation_id)
      returning id, conversation_id, seq, sender_id, created_at
    ), logged as (
      insert into stream_entry (stream_id, seq, type, payload, created_at, trace)
      select 'conversation:' || conversation_id, stored.seq, 'messageSent',
        jsonb_build_object('messageId', stored.id, 'actorId', stored.sender_id), stored.created_at,
        trace
      from stored join input using (id, conversation_id)
    )
    select
      case when welcome.id = first_id or welcome.id is null then judged.verdict
        when welcome.request_hash = first_hash then 'replayed' else 'conflict' end as verdict,
      coalesce(first_id, judged.earlier_id, judged.id) as "messageId",
      stored.seq, stored.created_at as "createdAt"
    from judged
    left join welcome on welcome.ord = judged.ord
    left join stored on stored.id = judged.id
    order by judged.ord`;
}

const AS_STORED = Prisma.sql`
  message.id, message.conversation_id as "conversationId", message.seq,
  message.sender_id as "senderId", message.client_message_id as "clientMessageId", message.body,
  message.reply_to_id as "replyToId", message.version, message.created_at as "createdAt",
  message.edited_at as "editedAt", message.deleted_at as "deletedAt"`;

/** The messages that the reader may see as a member, in one statement. */
export async function findMessages(
  database: Database | Transaction,
  readerId: string,
  messageIds: readonly string[],
): Promise<MessageRow[]> {
  return database.$queryRaw<MessageRow[]>`/* messaging.messages.find */
    select ${AS_STORED} from message
    join member on member.conversation_id = message.conversation_id and member.user_id = ${readerId}::uuid
    where message.id = any(${messageIds}::uuid[])`;
}

/** A message that the audience of a conversation reads. */
export interface SharedMessage {
  readonly conversationId: string;
  readonly messageId: string;
}

/** Messages in their order; null for one of another conversation. One statement. */
export async function findSharedMessages(
  database: Database,
  shared: readonly SharedMessage[],
): Promise<(MessageRow | null)[]> {
  const messageIds = shared.map((each) => each.messageId);
  const rows = await database.$queryRaw<MessageRow[]>`/* messaging.messages.shared */
    select ${AS_STORED} from message where message.id = any(${messageIds}::uuid[])`;
  const found = new Map(rows.map((row) => [row.id, row]));
  return shared.map(({ conversationId, messageId }) => {
    const row = found.get(messageId);
    return row?.conversationId === conversationId ? row : null;
  });
}

/** A page of messages and one more behind a seq, for each conversation, oldest first. */
export async function listMessagesAfter(
  database: Database,
  conversationIds: readonly string[],
  page: Page<number>,
): Promise<MessageRow[]> {
  return database.$queryRaw<MessageRow[]>`/* messaging.messages.after */
    select ${AS_STORED} from unnest(${conversationIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from message where conversation_id = wanted.id and seq > ${page.after ?? 0}::int
      order by seq limit ${page.limit + 1}::int
    ) as message
    order by message.conversation_id, message.seq`;
}

/** The greatest possible seq. */
export const SEQ_MAX = 2 ** 31 - 1;

/** A page of messages and one more before a seq, for each conversation, latest first. */
export async function listMessagesBefore(
  database: Database,
  conversationIds: readonly string[],
  page: Page<number>,
): Promise<MessageRow[]> {
  return database.$queryRaw<MessageRow[]>`/* messaging.messages.before */
    select ${AS_STORED} from unnest(${conversationIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from message where conversation_id = wanted.id and seq < ${page.after ?? SEQ_MAX}::int
      order by seq desc limit ${page.limit + 1}::int
    ) as message
    order by message.conversation_id, message.seq desc`;
}

/** The conversation of a message, which never changes; null for an unknown message. */
export async function conversationIdOf(
  database: Database,
  messageId: string,
): Promise<string | null> {
  const found = await database.message.findUnique({
    where: { id: messageId },
    select: { conversationId: true },
  });
  return found?.conversationId ?? null;
}

/** Replaces the text of a message, and keeps the old text as history. */
export async function replaceBody(
  tx: Transaction,
  { id: messageId, version }: MessageRow,
  { previous, body }: { readonly previous: string; readonly body: string },
  now: Date,
): Promise<void> {
  await tx.messageEdit.create({ data: { messageId, version, body: previous, replacedAt: now } });
  await tx.message.update({
    where: { id: messageId },
    data: { body, version: version + 1, editedAt: now },
  });
}

/** Deletes all texts of a message, its reactions and its pin. The row stays as a tombstone. */
export async function eraseMessage(tx: Transaction, messageId: string, now: Date): Promise<void> {
  await tx.messageEdit.deleteMany({ where: { messageId } });
  await tx.reaction.deleteMany({ where: { messageId } });
  await tx.pin.deleteMany({ where: { messageId } });
  await tx.message.update({ where: { id: messageId }, data: { body: null, deletedAt: now } });
}
