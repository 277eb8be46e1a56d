// Writes how far people have read. A trigger of the database counts at the new mark.
import type { Transaction } from "../database.ts";

export interface MovedMark {
  readonly readSeq: number;
  readonly hasChanged: boolean;
  /** The person was told of messages that they have read now. */
  readonly wasTold: boolean;
}

/**
 * Moves a person's read mark forward, at most to the end of the log and never back: it is compared
 * behind the lock of its row, because the person's own messages move it too. Null when they are not
 * a member; `hasChanged` says whether it did, or took the mark "unread" away.
 */
export async function moveMark(
  tx: Transaction,
  conversationId: string,
  personId: string,
  seq: number,
): Promise<MovedMark | null> {
  const rows = await tx.$queryRaw<MovedMark[]>`/* messaging.mark.move */
    with mine as (
      select member.read_seq as before, member.is_marked_unread as was_unread,
        member.is_told as was_told,
        greatest(member.read_seq, least(${seq}::int, stream.last_seq)) as wanted
      from member join stream on stream.id = 'conversation:' || member.conversation_id
      where member.conversation_id = ${conversationId}::uuid and member.user_id = ${personId}::uuid
      for no key update of member
    )
    update member set read_seq = mine.wanted, is_marked_unread = false,
      is_told = mine.was_told and mine.wanted = mine.before
    from mine
    where member.conversation_id = ${conversationId}::uuid and member.user_id = ${personId}::uuid
    returning member.read_seq as "readSeq",
      member.read_seq > mine.before or mine.was_unread as "hasChanged",
      member.read_seq > mine.before and mine.was_told as "wasTold"`;
  return rows[0] ?? null;
}
