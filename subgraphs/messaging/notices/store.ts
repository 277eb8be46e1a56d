// Finds the people whom messages concern and who were not told of them, and marks them as told.
import type { Database, Transaction } from "../database.ts";
import { MUTED } from "../views/store.ts";

/** A conversation with messages of which nobody was told, up to `head`. */
export interface OpenTelling {
  readonly conversationId: string;
  readonly head: number;
  readonly toldSeq: number;
}

export async function listOpen(database: Database, limit: number): Promise<OpenTelling[]> {
  return database.$queryRaw<OpenTelling[]>`/* messaging.notices.open */
    select conversation_id::text as "conversationId", head, told_seq as "toldSeq"
    from telling where head > told_seq limit ${limit}::int`;
}

/**
 * Sets that people were told up to `head`: messages that come meanwhile are told next. False when
 * another worker was faster.
 */
export async function markTold(
  tx: Transaction,
  { conversationId, head, toldSeq }: OpenTelling,
): Promise<boolean> {
  const changed = await tx.$executeRaw`/* messaging.notices.told */
    update telling set told_seq = ${head}::int
    where conversation_id = ${conversationId}::uuid and told_seq = ${toldSeq}::int`;
  return changed > 0;
}

/** A message that concerns a person. */
export interface Concern {
  readonly personId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly actorId: string;
  readonly isGroup: boolean;
}

/** The people whom new messages mention; a muted one only by name. Blocked people are left out. */
export async function findMentioned(
  tx: Transaction,
  { conversationId, head, toldSeq }: OpenTelling,
): Promise<Concern[]> {
  return tx.$queryRaw<Concern[]>`/* messaging.notices.mentioned */
    select distinct member.user_id::text as "personId", message.id::text as "messageId",
      message.seq, message.sender_id::text as "actorId", true as "isGroup"
    from message
    join member on member.conversation_id = message.conversation_id
    left join mention on mention.message_id = message.id and mention.user_id = member.user_id
    where message.conversation_id = ${conversationId}::uuid
      and message.seq > ${toldSeq}::int and message.seq <= ${head}::int
      and message.deleted_at is null and message.sender_id <> member.user_id
      and message.seq > member.read_seq
      and (mention.user_id is not null or (message.is_mentioning_all and not ${MUTED}))
      and sees(member.user_id, message.conversation_id, message.seq)
      and not exists (
        select from block where is_blocked and blocker_id = member.user_id
          and blocked_id = message.sender_id
      )
    order by message.seq, 1`;
}

/**
 * Marks the people with unread messages as told who were not told since they have read, and returns
 * the first unread message of each. Those who have muted the conversation, or are apart from it by
 * a block, are left out.
 */
export async function tellUnread(
  tx: Transaction,
  { conversationId, head, toldSeq }: OpenTelling,
): Promise<Concern[]> {
  return tx.$queryRaw<Concern[]>`/* messaging.notices.unread */
    with concerned as (
      select member.user_id, first.id, first.seq, first.sender_id,
        conversation.kind = 'GROUP' as is_group
      from member join conversation on conversation.id = member.conversation_id
      cross join lateral (
        select message.id, message.seq, message.sender_id from message
        where message.conversation_id = member.conversation_id
          and message.seq > greatest(member.read_seq, ${toldSeq}::int)
          and message.seq <= ${head}::int
          and message.sender_id <> member.user_id and message.thread_root_id is null
          and message.deleted_at is null
          and sees(member.user_id, message.conversation_id, message.seq)
          and not exists (
            select from block where is_blocked and blocker_id = member.user_id
              and blocked_id = message.sender_id
          )
        order by message.seq limit 1
      ) as first
      where member.conversation_id = ${conversationId}::uuid and not member.is_told and not ${MUTED}
        and standing_of(member.user_id, member.conversation_id) = 'MEMBER'
      for no key update of member
    )
    update member set is_told = true from concerned
    where member.conversation_id = ${conversationId}::uuid and member.user_id = concerned.user_id
    returning member.user_id::text as "personId", concerned.id::text as "messageId",
      concerned.seq, concerned.sender_id::text as "actorId", concerned.is_group as "isGroup"`;
}

/** Marks the receivers of new requests as told, and returns the message of each. */
export async function tellRequested(
  tx: Transaction,
  conversationId: string,
  now: Date,
): Promise<Concern[]> {
  return tx.$queryRaw<Concern[]>`/* messaging.notices.requested */
    with asked as (
      update message_request set told_at = ${now}::timestamptz
      where conversation_id = ${conversationId}::uuid and told_at is null and sent_at is not null
        and refused_at is null
      returning receiver_id, sender_id
    )
    select receiver_id::text as "personId", message.id::text as "messageId", message.seq,
      asked.sender_id::text as "actorId", conversation.kind = 'GROUP' as "isGroup"
    from asked join conversation on conversation.id = ${conversationId}::uuid
    cross join lateral (
      select id, seq from message where message.conversation_id = conversation.id
      order by seq limit 1
    ) as message`;
}
