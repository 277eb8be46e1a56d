// Reads and writes how far people have read.
import type { Database, Transaction } from "../context.ts";

/**
 * Moves a person's read mark forward, at most to the end of the log and never back. Null when they
 * are not a member; `hasMoved` says whether anything changed.
 */
export async function moveMark(
  tx: Transaction,
  conversationId: string,
  personId: string,
  seq: number,
): Promise<{ readonly readSeq: number; readonly hasMoved: boolean } | null> {
  const rows = await tx.$queryRaw<{ before: number; readSeq: number }[]>`/* messaging.mark.move */
    with mine as (
      select member.read_seq as before, greatest(member.read_seq, least(${seq}::int, stream.last_seq)) as wanted
      from member join stream on stream.id = 'conversation:' || member.conversation_id
      where member.conversation_id = ${conversationId}::uuid and member.user_id = ${personId}::uuid
    )
    update member set read_seq = mine.wanted from mine
    where member.conversation_id = ${conversationId}::uuid and member.user_id = ${personId}::uuid
    returning mine.before, member.read_seq as "readSeq"`;
  const [row] = rows;
  return row ? { readSeq: row.readSeq, hasMoved: row.readSeq > row.before } : null;
}

/** How many messages of others the person has not read, for each conversation, in one statement. */
export async function countUnread(
  database: Database,
  personId: string,
  conversationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.$queryRaw<
    { id: string; count: number }[]
  >`/* messaging.unread.count */
    select member.conversation_id as id, count(message.id)::int as count
    from member
    left join message on message.conversation_id = member.conversation_id
      and message.seq > member.read_seq and message.sender_id <> member.user_id
      and message.deleted_at is null
    where member.user_id = ${personId}::uuid and member.conversation_id = any(${conversationIds}::uuid[])
    group by 1`;
  return new Map(rows.map((row) => [row.id, row.count]));
}
