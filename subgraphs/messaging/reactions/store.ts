// Reads and writes reactions.
import type { Database, Transaction } from "../context.ts";

/** How many people gave a message one emoji, for one of them or for the audience. */
export interface ReactionCountRow {
  readonly messageId: string;
  readonly emoji: string;
  readonly count: number;
  readonly isViewerAmong: boolean;
}

/** The reactions of messages by emoji, in the order in which they were first given. */
export async function countReactions(
  database: Database | Transaction,
  viewerId: string | null,
  messageIds: readonly string[],
): Promise<ReactionCountRow[]> {
  return database.$queryRaw<ReactionCountRow[]>`/* messaging.reactions.count */
    select message_id as "messageId", min(emoji) as emoji, count(*)::int as count,
      coalesce(bool_or(user_id = ${viewerId}::uuid), false) as "isViewerAmong"
    from reaction where message_id = any(${messageIds}::uuid[])
    group by message_id, emoji_key(emoji) order by message_id, min(created_at), min(emoji)`;
}

interface ReactionKey {
  readonly messageId: string;
  readonly emoji: string;
  readonly userId: string;
}

export async function insertReaction(
  tx: Transaction,
  reaction: ReactionKey,
  createdAt: Date,
): Promise<void> {
  await tx.reaction.create({ data: { ...reaction, createdAt } });
}

/** Removes an emoji in any spelling; false when it was not there. */
export async function removeReactionRow(
  tx: Transaction,
  { messageId, emoji, userId }: ReactionKey,
): Promise<boolean> {
  const removed = await tx.$executeRaw`/* messaging.reactions.remove */
    delete from reaction where message_id = ${messageId}::uuid and user_id = ${userId}::uuid
      and emoji_key(emoji) = emoji_key(${emoji}::text)`;
  return removed > 0;
}
