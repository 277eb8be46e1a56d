// Reads and writes message requests: people who have not accepted a conversation. The database
// deletes a request when its receiver joins, and `append_messages` sends that of a direct one.
import type { Connection, Edge, Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";

export interface NewRequests {
  readonly conversationId: string;
  readonly senderId: string;
  readonly receiverIds: readonly string[];
  readonly createdAt: Date;
  /** False for a direct conversation, whose first message sends the request. */
  readonly isSent: boolean;
}

/** Inserts requests; those that exist stay as they are. Returns the receivers of the new ones. */
export async function insertRequests(tx: Transaction, asked: NewRequests): Promise<string[]> {
  const { conversationId, senderId, receiverIds, createdAt, isSent } = asked;
  if (receiverIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string }[]>`/* messaging.requests.insert */
    insert into message_request (conversation_id, receiver_id, sender_id, created_at, sent_at)
    select ${conversationId}::uuid, receiver_id, ${senderId}::uuid, ${createdAt},
      case when ${isSent} then ${createdAt}::timestamptz end
    from unnest(${receiverIds}::uuid[]) as asked(receiver_id)
    on conflict (conversation_id, receiver_id) do nothing
    returning receiver_id::text as id`;
  return rows.map(({ id }) => id);
}

/**
 * How many requests of a sender since then were not accepted: to direct conversations, and to
 * groups. Refused ones count, or the sender would learn of them.
 */
export async function countAsked(
  tx: Transaction,
  senderId: string,
  kind: "DIRECT" | "GROUP",
  since: Date,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`/* messaging.requests.asked */
    select count(*)::int as count from message_request
    join conversation on conversation.id = message_request.conversation_id
    where sender_id = ${senderId}::uuid and conversation.kind = ${kind}::conversation_kind
      and message_request.created_at > ${since}`;
  return row?.count ?? 0;
}

/** How many people are invited to a group and have not refused. */
export async function countInvited(tx: Transaction, conversationId: string): Promise<number> {
  return tx.messageRequest.count({ where: { conversationId, refusedAt: null } });
}

/** A request as its receiver answers it. */
export interface OpenRequest {
  readonly senderId: string;
  readonly kind: "DIRECT" | "GROUP";
  readonly sentAt: Date | null;
  readonly refusedAt: Date | null;
  /** The `seq` of the last entry of the conversation. */
  readonly lastSeq: number;
  readonly memberCount: number;
}

/** A receiver's request; null when there is none, and while one of the two blocks the other. */
export async function findRequest(
  database: Database | Transaction,
  conversationId: string,
  receiverId: string,
): Promise<OpenRequest | null> {
  const [found] = await database.$queryRaw<OpenRequest[]>`/* messaging.requests.find */
    select asked.sender_id::text as "senderId", conversation.kind::text as kind,
      asked.sent_at as "sentAt", asked.refused_at as "refusedAt", stream.last_seq as "lastSeq",
      (select count(*)::int from member where member.conversation_id = asked.conversation_id)
        as "memberCount"
    from message_request as asked
    join conversation on conversation.id = asked.conversation_id
    join stream on stream.id = 'conversation:' || asked.conversation_id
    where asked.conversation_id = ${conversationId}::uuid
      and asked.receiver_id = ${receiverId}::uuid and ${NOT_BLOCKED}`;
  return found ?? null;
}

const NOT_BLOCKED = Prisma.sql`not exists (
  select from block where is_blocked and (blocker_id, blocked_id)
    in ((asked.sender_id, asked.receiver_id), (asked.receiver_id, asked.sender_id)))`;

/** Records that the receiver refused. */
export async function markRefused(
  tx: Transaction,
  conversationId: string,
  receiverId: string,
  now: Date,
): Promise<void> {
  await tx.messageRequest.update({
    where: { conversationId_receiverId: { conversationId, receiverId } },
    data: { refusedAt: now },
  });
}

/** A request as its receiver sees it. */
export interface MessageRequestRow {
  readonly conversationId: string;
  readonly senderId: string;
  readonly kind: "DIRECT" | "GROUP";
  readonly title: string | null;
  readonly text: string | null;
  readonly memberCount: number;
  readonly sentAt: Date;
}

/** A page of requests; their number on all pages is counted when somebody asks for it. */
export interface MessageRequestConnectionRow extends Connection<Edge<MessageRequestRow>> {}

/** A position in a list of requests: behind this time and conversation. */
export interface RequestPosition {
  readonly sentAt: Date;
  readonly conversationId: string;
}

const WAITING = Prisma.sql`
  from message_request as asked
  join conversation on conversation.id = asked.conversation_id
  where asked.sent_at is not null and asked.refused_at is null and ${NOT_BLOCKED}
    and exists (select from member where member.conversation_id = asked.conversation_id)`;

/**
 * A page of the requests that wait for a person, and one more, newest first. The text of a direct
 * one is its only message as it is now.
 */
export async function listRequests(
  database: Database,
  receiverId: string,
  page: Page<RequestPosition>,
): Promise<MessageRequestRow[]> {
  const behind = page.after
    ? Prisma.sql`and (asked.sent_at, asked.conversation_id)
        < (${page.after.sentAt}::timestamptz, ${page.after.conversationId}::uuid)`
    : Prisma.empty;
  return database.$queryRaw<MessageRequestRow[]>`/* messaging.requests.list */
    select asked.conversation_id::text as "conversationId", asked.sender_id::text as "senderId",
      conversation.kind::text as kind, conversation.title, asked.sent_at as "sentAt",
      (select body from message where message.conversation_id = asked.conversation_id
        and conversation.kind = 'DIRECT' order by seq limit 1) as text,
      (select count(*)::int from member where member.conversation_id = asked.conversation_id)
        as "memberCount"
    ${WAITING} and asked.receiver_id = ${receiverId}::uuid ${behind}
    order by asked.sent_at desc, asked.conversation_id desc limit ${page.limit + 1}::int`;
}

/** How many requests wait for each person, in their order. One statement. */
export async function countRequests(
  database: Database,
  receiverIds: readonly string[],
): Promise<number[]> {
  const rows = await database.$queryRaw<
    { id: string; count: number }[]
  >`/* messaging.requests.count */
    select asked.receiver_id::text as id, count(*)::int as count
    ${WAITING} and asked.receiver_id = any(${receiverIds}::uuid[]) group by asked.receiver_id`;
  const found = new Map(rows.map(({ id, count }) => [id, count]));
  return receiverIds.map((id) => found.get(id) ?? 0);
}

/** Up to `limit` people to whom a person has sent requests, or would by a first message. */
export async function listSentTo(
  database: Database,
  senderId: string,
  limit: number,
): Promise<string[]> {
  const rows = await database.messageRequest.findMany({
    where: { senderId },
    select: { receiverId: true },
    take: limit,
  });
  return [...new Set(rows.map(({ receiverId }) => receiverId))];
}

export interface WithdrawnRequest {
  readonly conversationId: string;
  readonly receiverId: string;
  /** It waited for an answer. */
  readonly isOpen: boolean;
}

/** Deletes the requests of a person to these people, whose streams the caller has locked. */
export async function deleteRequestsOf(
  tx: Transaction,
  senderId: string,
  receiverIds: readonly string[],
): Promise<WithdrawnRequest[]> {
  return tx.$queryRaw<WithdrawnRequest[]>`/* messaging.requests.withdraw */
    delete from message_request
    where sender_id = ${senderId}::uuid and receiver_id = any(${receiverIds}::uuid[])
    returning conversation_id::text as "conversationId", receiver_id::text as "receiverId",
      sent_at is not null and refused_at is null as "isOpen"`;
}
