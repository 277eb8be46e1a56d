// Reads and writes the mentions of messages, and how many of them a person has not read. The
// database counts: see the migration `mentions`.
import type { Database, Transaction } from "../database.ts";
import { VISIBLE } from "../views/store.ts";
import type { Mention } from "./rules.ts";

export type MentionRow = Mention;

/** Those of the people who are no members of a conversation. */
export async function findAbsent(
  database: Database | Transaction,
  conversationId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const present = await database.member.findMany({
    where: { conversationId, userId: { in: [...userIds] } },
    select: { userId: true },
  });
  const found = new Set(present.map(({ userId }) => userId));
  return [...new Set(userIds)].filter((userId) => !found.has(userId));
}

/** The mentions of a message, as they replace those that it has. */
export interface MentionChange {
  readonly messageId: string;
  readonly mentions: readonly Mention[];
  readonly isMentioningAll: boolean;
}

/** Replaces the mentions of a message, and counts them anew for all whom it concerns. */
export async function replaceMentions(
  tx: Transaction,
  { messageId, mentions, isMentioningAll }: MentionChange,
): Promise<void> {
  await tx.$executeRaw`/* messaging.mentions.replace */
    select replace_mentions(${messageId}::uuid, ${JSON.stringify(mentions)}::jsonb,
      ${isMentioningAll}::boolean)`;
}

/** Deletes the mentions of a person in a conversation: the text of the messages stays. */
export async function deleteMentionsOf(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<void> {
  await tx.mention.deleteMany({ where: { conversationId, userId } });
}

/** A conversation, and how far its reader has read. */
export interface ReadConversation {
  readonly id: string;
  readonly readSeq: number;
}

/** The first message behind the mark of each conversation that mentions a person. One statement. */
export async function findFirstMentions(
  database: Database,
  personId: string,
  conversations: readonly ReadConversation[],
): Promise<Map<string, number>> {
  const ids = conversations.map(({ id }) => id);
  const readSeqs = conversations.map(({ readSeq }) => readSeq);
  const rows = await database.$queryRaw<
    { id: string; seq: number }[]
  >`/* messaging.mentions.first */
    select wanted.id, first.seq from unnest(${ids}::uuid[], ${readSeqs}::int[]) as wanted(id, read_seq)
    join member on member.conversation_id = wanted.id and member.user_id = ${personId}::uuid
    cross join lateral (
      select message.seq from message
      where message.conversation_id = wanted.id and message.seq > wanted.read_seq
        and message.sender_id <> member.user_id and message.deleted_at is null
        and message.thread_root_id is null and ${VISIBLE}
        and (message.is_mentioning_all or exists (
          select from mention
          where mention.message_id = message.id and mention.user_id = member.user_id
        ))
      order by message.seq limit 1
    ) as first`;
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/** How many unread messages mention people, in all their conversations. One statement. */
export async function sumUnreadMentions(
  database: Database,
  userIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.member.groupBy({
    by: ["userId"],
    where: { userId: { in: [...userIds] } },
    _sum: { unreadMentions: true },
  });
  return new Map(rows.map(({ userId, _sum }) => [userId, _sum.unreadMentions ?? 0]));
}
