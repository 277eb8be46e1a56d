// Reads and writes messages. `appendMessages` needs a statement before it that locks the streams:
// one statement that locks and judges together would see the state from before its wait. In the
// function of the database, which locks and judges in two, none is seen.
import { inOneStatement } from "#kit/data/database";
import type { Connection, Edge, Page } from "#kit/data/pagination";
import type { AttachmentRow } from "../attachments/store.ts";
import type { Database, Transaction } from "../database.ts";
import { type Message, Prisma } from "../generated/prisma/client.ts";
import type { SeqRange } from "../members/store.ts";
import type { Mention } from "../mentions/rules.ts";
import { ATTACHMENTS_OF_MESSAGE, readBy, THREAD_ROOT_SEQ, VISIBLE } from "../views/store.ts";

export interface MessageRow extends Omit<Message, "requestHash" | "ordinal" | "replyOrdinal"> {
  /** The `seq` of the message in whose thread it is. */
  readonly threadRootSeq: number | null;
  /** By their start. */
  readonly mentions: readonly Mention[];
  /** In the order of the sender. */
  readonly attachments: readonly AttachmentRow[];
}

/** A page of messages, and the part of the log to which it belongs. */
export interface MessageConnectionRow extends Connection<Edge<MessageRow>> {
  readonly range: SeqRange;
}

/** A message as its sender sent it; all ids are canonical. */
export interface NewMessage
  extends Pick<
    Message,
    | "id"
    | "conversationId"
    | "senderId"
    | "clientMessageId"
    | "requestHash"
    | "replyToId"
    | "threadRootId"
    | "isForwarded"
  > {
  readonly body: string;
  /** By their start. */
  readonly mentions?: readonly Mention[];
  readonly isMentioningAll?: boolean;
  readonly attachmentIds?: readonly string[];
  /** The message whose files it has too. */
  readonly attachmentsOf?: string;
  /** Of its entry: null unless the trace is sampled. */
  readonly trace: string | null;
}

/** A message that begins no thread: not in the conversation, in a thread itself, or deleted. */
export type ThreadVerdict = "threadNotFound" | "threadNested" | "threadDeleted";

/** Why a message may not mention whom it names. */
export type MentionVerdict = "mentionNotMember" | "mayNotMentionAll";

/** Why a message may not have one of its attachments. */
export type AttachmentVerdict = "attachmentNotUsable";

/** The verdict on one message; `seq` and `createdAt` are set for a stored one. */
export interface AppendRow {
  readonly verdict:
    | "stored"
    | "replayed"
    | "conflict"
    | "notFound"
    | "recipientGone"
    | "notAllowed"
    | "replyNotFound"
    | "requestPending"
    | ThreadVerdict
    | MentionVerdict
    | AttachmentVerdict
    | "held";
  readonly messageId: string;
  readonly seq: number | null;
  readonly createdAt: Date | null;
  readonly threadRootSeq: number | null;
  /** Some members do not see the message in whose thread it is. */
  readonly isHidden: boolean;
}

/**
 * Judges messages and stores the accepted ones with their entries. Returns one row for each
 * message, in their order. The caller has locked the conversations' streams.
 */
export function appendMessages(
  tx: Pick<Transaction, "$queryRaw">,
  messages: readonly NewMessage[],
): Promise<AppendRow[]> {
  return append(tx, messages, false);
}

/**
 * The same as a transaction of its own, in one round trip: it locks the streams that are free, and
 * does not wait for others. Their messages have no verdict but `held`.
 */
export function appendToFree(
  database: Pick<Database, "$queryRaw">,
  messages: readonly NewMessage[],
): Promise<AppendRow[]> {
  return inOneStatement(() => append(database, messages, true));
}

/** The function of the database locks, judges and stores, each under a snapshot of its own. */
async function append(
  sql: Pick<Transaction, "$queryRaw">,
  messages: readonly NewMessage[],
  isLocking: boolean,
): Promise<AppendRow[]> {
  const column = <K extends keyof NewMessage>(name: K) => messages.map((each) => each[name]);
  const replies = messages.map((each) => each.replyToId ?? "");
  const extras = messages.map((message) => JSON.stringify(extrasOf(message)));
  return sql.$queryRaw<AppendRow[]>`/* messaging.messages.append */
    select verdict, message_id as "messageId", seq, created_at as "createdAt",
      thread_root_seq as "threadRootSeq", is_hidden as "isHidden"
    from append_messages(${column("id")}::uuid[], ${column("conversationId")}::uuid[],
      ${column("senderId")}::uuid[], ${column("clientMessageId")}::text[],
      ${column("requestHash")}::text[], ${column("body")}::text[], ${replies}::text[],
      ${column("trace")}::text[], ${isLocking}::boolean,
      ${extras}::text[]::jsonb[])`;
}

/** What few messages have. */
function extrasOf(message: NewMessage) {
  const { threadRootId, isForwarded, mentions = [], isMentioningAll } = message;
  const { attachmentIds = [], attachmentsOf } = message;
  return {
    ...(threadRootId && { threadRootId }),
    ...(isForwarded && { isForwarded }),
    ...(mentions.length > 0 && { mentions }),
    ...(isMentioningAll && { isMentioningAll }),
    ...(attachmentIds.length > 0 && { attachmentIds }),
    ...(attachmentsOf && { attachmentsOf }),
  };
}

const AS_STORED = Prisma.sql`
  message.id, message.conversation_id as "conversationId", message.seq,
  message.sender_id as "senderId", message.client_message_id as "clientMessageId", message.body,
  message.reply_to_id as "replyToId", message.thread_root_id as "threadRootId",
  ${THREAD_ROOT_SEQ},
  message.is_forwarded as "isForwarded", message.version, message.created_at as "createdAt",
  message.edited_at as "editedAt", message.deleted_at as "deletedAt",
  message.is_mentioning_all and message.deleted_at is null as "isMentioningAll",
  coalesce((
    select jsonb_agg(jsonb_build_object('userId', user_id, 'start', start, 'length', length)
      order by start)
    from mention where mention.message_id = message.id
  ), '[]') as mentions,
  ${ATTACHMENTS_OF_MESSAGE}`;

/** The messages that the reader sees as a member, in one statement. */
export async function findMessages(
  database: Database | Transaction,
  readerId: string,
  messageIds: readonly string[],
): Promise<MessageRow[]> {
  return database.$queryRaw<MessageRow[]>`/* messaging.messages.find */
    select ${AS_STORED} from message
    join member on member.conversation_id = message.conversation_id and member.user_id = ${readerId}::uuid
    where message.id = any(${messageIds}::uuid[]) and ${VISIBLE}`;
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

/** The messages of a parent `wanted`: the main timeline of a conversation, or a thread. */
const TIMELINES = {
  conversation: Prisma.sql`
    message.conversation_id = wanted.id and message.thread_root_id is null`,
  thread: Prisma.sql`message.thread_root_id = wanted.id`,
};
export type TimelineKind = keyof typeof TIMELINES;

/** A page of what the reader sees and one more behind a seq, for each parent, oldest first. */
export async function listMessagesAfter(
  database: Database,
  readerId: string,
  kind: TimelineKind,
  parentIds: readonly string[],
  page: Page<number>,
): Promise<MessageRow[]> {
  return database.$queryRaw<MessageRow[]>`/* messaging.messages.after */
    select ${AS_STORED} from ${readBy(readerId, kind, parentIds)}
    cross join lateral (
      select * from message
      where ${TIMELINES[kind]} and message.seq > ${page.after ?? 0}::int and ${VISIBLE}
      order by seq limit ${page.limit + 1}::int
    ) as message
    order by message.conversation_id, message.seq`;
}

/** The greatest possible seq. */
export const SEQ_MAX = 2 ** 31 - 1;

/** A page of what the reader sees and one more before a seq, for each parent, latest first. */
export async function listMessagesBefore(
  database: Database,
  readerId: string,
  kind: TimelineKind,
  parentIds: readonly string[],
  page: Page<number>,
): Promise<MessageRow[]> {
  return database.$queryRaw<MessageRow[]>`/* messaging.messages.before */
    select ${AS_STORED} from ${readBy(readerId, kind, parentIds)}
    cross join lateral (
      select * from message
      where ${TIMELINES[kind]} and message.seq < ${page.after ?? SEQ_MAX}::int and ${VISIBLE}
      order by seq desc limit ${page.limit + 1}::int
    ) as message
    order by message.conversation_id, message.seq desc`;
}

/** The time of the clock that gives messages theirs. */
export async function databaseTime(tx: Transaction): Promise<Date> {
  const rows = await tx.$queryRaw<{ now: Date }[]>`/* messaging.clock.read */
    select clock_timestamp() as now`;
  return rows[0]?.now ?? new Date(0);
}

/** Deletes all texts of a message, its reactions and its pin. The row stays as a tombstone. */
export async function eraseMessage(tx: Transaction, messageId: string, now: Date): Promise<void> {
  await tx.messageEdit.deleteMany({ where: { messageId } });
  await tx.reaction.deleteMany({ where: { messageId } });
  await tx.pin.deleteMany({ where: { messageId } });
  await tx.message.update({ where: { id: messageId }, data: { body: null, deletedAt: now } });
}
