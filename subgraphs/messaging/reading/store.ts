// Writes how far people have read. A trigger of the database counts at the new mark.
import type { Transaction } from "../context.ts";

/**
 * Moves a person's read mark forward, at most to the end of the log and never back: it is compared
 * behind the lock of its row, because the person's own messages move it too. Null when they are not
 * a member; `hasMoved` says whether anything changed.
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
      for no key update of member
    )
    update member set read_seq = mine.wanted from mine
    where member.conversation_id = ${conversationId}::uuid and member.user_id = ${personId}::uuid
    returning mine.before, member.read_seq as "readSeq"`;
  const [row] = rows;
  return row ? { readSeq: row.readSeq, hasMoved: row.readSeq > row.before } : null;
}
