// Reads and writes reactions.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";

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

/** One kind of reaction to a message. */
export interface ReactionKind {
  readonly messageId: string;
  readonly emoji: string;
}

/** One person's reaction, of a kind as it was asked for. */
export interface ReactionRow extends ReactionKind {
  readonly userId: string;
  readonly createdAt: Date;
}

/** A position in a list of reactions: behind this time and person. */
export interface ReactionPosition {
  readonly createdAt: Date;
  readonly userId: string;
}

/** A page of reactions and one more, for each kind in any spelling, in one statement. */
export async function listReactions(
  database: Database,
  kinds: readonly ReactionKind[],
  page: Page<ReactionPosition>,
): Promise<ReactionRow[]> {
  const behind = page.after
    ? Prisma.sql`and (created_at, user_id)
        > (${page.after.createdAt}::timestamptz, ${page.after.userId}::uuid)`
    : Prisma.empty;
  return database.$queryRaw<ReactionRow[]>`/* messaging.reactions.list */
    select wanted.message_id as "messageId", wanted.emoji, given.user_id as "userId",
      given.created_at as "createdAt"
    from unnest(${kinds.map(({ messageId }) => messageId)}::uuid[],
      ${kinds.map(({ emoji }) => emoji)}::text[]) as wanted(message_id, emoji)
    cross join lateral (
      select user_id, created_at from reaction
      where message_id = wanted.message_id and emoji_key(emoji) = emoji_key(wanted.emoji) ${behind}
      order by created_at, user_id limit ${page.limit + 1}::int
    ) as given
    order by wanted.message_id, wanted.emoji, given.created_at, given.user_id`;
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
