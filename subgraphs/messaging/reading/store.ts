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

/** A conversation, and how far its reader has read. */
export interface ReadConversation {
  readonly id: string;
  readonly readSeq: number;
}

/** How many messages a person has not read, and the seq of the last entry that the count knows. */
export interface Unread {
  readonly count: number;
  readonly seq: number;
}

/**
 * The unread messages of a member in each conversation: those of others behind `readSeq`. Count and
 * seq are of one snapshot, and the rows of a message and of its entry are written together.
 */
export async function countUnread(
  database: Database,
  personId: string,
  conversations: readonly ReadConversation[],
): Promise<Map<string, Unread>> {
  const ids = conversations.map(({ id }) => id);
  const readSeqs = conversations.map(({ readSeq }) => readSeq);
  const rows = await database.$queryRaw<(Unread & { id: string })[]>`/* messaging.unread.count */
    select wanted.id, count(message.id)::int as count, stream.last_seq as seq
    from unnest(${ids}::uuid[], ${readSeqs}::int[]) as wanted(id, read_seq)
    join member on member.conversation_id = wanted.id and member.user_id = ${personId}::uuid
    join stream on stream.id = 'conversation:' || wanted.id
    left join message on message.conversation_id = wanted.id
      and message.seq > wanted.read_seq and message.sender_id <> member.user_id
      and message.deleted_at is null
    group by wanted.id, stream.last_seq`;
  return new Map(rows.map(({ id, ...unread }) => [id, unread]));
}
