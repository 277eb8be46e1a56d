// Writes which messages members deleted for themselves. A trigger keeps their unread counts.
import type { Transaction } from "../database.ts";
import type { OwnEventRow } from "../inbox/store.ts";

export interface MessageHiddenRow extends OwnEventRow {
  readonly __typename: "MessageHidden";
  readonly messageSeq: number;
}
export interface HistoryClearedRow extends OwnEventRow {
  readonly __typename: "HistoryCleared";
  readonly clearedSeq: number;
}

export interface Hidden {
  readonly conversationId: string;
  readonly seq: number;
  readonly isNew: boolean;
}

/** Hides a message from one member; null when they are none, or it is from before they joined. */
export async function insertHidden(
  tx: Transaction,
  messageId: string,
  userId: string,
): Promise<Hidden | null> {
  const rows = await tx.$queryRaw<Hidden[]>`/* messaging.hidden.insert */
    with mine as (
      select message.conversation_id, message.seq, member.cleared_seq from message
      join member on member.conversation_id = message.conversation_id
      where message.id = ${messageId}::uuid and member.user_id = ${userId}::uuid
        and message.seq >= member.visible_from_seq
    ), made as (
      insert into hidden_message (conversation_id, user_id, seq)
      select conversation_id, ${userId}::uuid, seq from mine where seq > cleared_seq
      on conflict do nothing returning seq
    )
    select conversation_id::text as "conversationId", seq,
      exists (select from made) as "isNew" from mine`;
  return rows[0] ?? null;
}

export interface Cleared {
  readonly clearedSeq: number;
  readonly readSeq: number;
  readonly hasChanged: boolean;
  readonly hasRead: boolean;
}

/**
 * Clears the history of one member up to a seq, at most to the end and never back; what is cleared
 * is read. Null for nobody.
 */
export async function clearUpTo(
  tx: Transaction,
  conversationId: string,
  userId: string,
  seq: number,
): Promise<Cleared | null> {
  const rows = await tx.$queryRaw<Cleared[]>`/* messaging.history.clear */
    with mine as (
      select member.cleared_seq, member.read_seq,
        greatest(member.cleared_seq, least(${seq}::int, stream.last_seq)) as wanted
      from member join stream on stream.id = 'conversation:' || member.conversation_id
      where member.conversation_id = ${conversationId}::uuid and member.user_id = ${userId}::uuid
      for no key update of member
    ), shown as (
      delete from hidden_message using mine
      where conversation_id = ${conversationId}::uuid and user_id = ${userId}::uuid
        and seq <= mine.wanted
    )
    update member set cleared_seq = mine.wanted, read_seq = greatest(member.read_seq, mine.wanted)
    from mine
    where member.conversation_id = ${conversationId}::uuid and member.user_id = ${userId}::uuid
    returning member.cleared_seq as "clearedSeq", member.read_seq as "readSeq",
      member.cleared_seq > mine.cleared_seq as "hasChanged",
      member.read_seq > mine.read_seq as "hasRead"`;
  return rows[0] ?? null;
}
