// Reads and writes members of groups. Those who write hold the lock of the conversation's stream.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { type Member, Prisma } from "../generated/prisma/client.ts";

export type MemberSummary = Pick<Member, "userId" | "role" | "joinedSeq">;

/** All members of a group, of which there are at most 256. */
export async function listPresent(
  tx: Transaction,
  conversationId: string,
): Promise<MemberSummary[]> {
  return tx.member.findMany({
    where: { conversationId },
    select: { userId: true, role: true, joinedSeq: true },
  });
}

/** The role of a person in a conversation; null when they are no member. */
export async function findRole(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<Member["role"] | null> {
  const found = await tx.member.findUnique({
    where: { conversationId_userId: { conversationId, userId } },
    select: { role: true },
  });
  return found?.role ?? null;
}

export interface NewMembers {
  readonly conversationId: string;
  readonly userIds: readonly string[];
  /** The seq of the entry that adds them; earlier messages count as read. */
  readonly joinedSeq: number;
  readonly joinedAt: Date;
}

export async function insertMembers(tx: Transaction, joining: NewMembers): Promise<void> {
  const { conversationId, userIds, joinedSeq, joinedAt } = joining;
  await tx.member.createMany({
    data: userIds.map((userId) => ({
      conversationId,
      userId,
      role: "MEMBER" as const,
      joinedSeq,
      joinedAt,
      readSeq: joinedSeq,
    })),
  });
}

export async function removeMemberRow(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<void> {
  await tx.member.delete({ where: { conversationId_userId: { conversationId, userId } } });
}

export async function makeOwner(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<void> {
  await tx.member.update({
    where: { conversationId_userId: { conversationId, userId } },
    data: { role: "OWNER" },
  });
}

/** Records that somebody left a group on their own. */
export async function insertDeparture(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<void> {
  await tx.departure.createMany({ data: { conversationId, userId }, skipDuplicates: true });
}

/** Forgets that the person left a conversation. */
export async function deleteDeparture(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<void> {
  await tx.departure.deleteMany({ where: { conversationId, userId } });
}

/** Those of the people who left a group on their own. */
export async function findDeparted(
  tx: Transaction,
  conversationId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.departure.findMany({
    where: { conversationId, userId: { in: [...userIds] } },
    select: { userId: true },
    orderBy: { userId: "asc" },
  });
  return rows.map(({ userId }) => userId);
}

/** A part of a conversation's log, without both ends. */
export interface SeqRange {
  readonly conversationId: string;
  readonly afterSeq: number;
  readonly beforeSeq: number;
}

/** Tells parts of logs apart. */
export function keyOfRange({ conversationId, afterSeq, beforeSeq }: SeqRange): string {
  return `${conversationId} ${afterSeq} ${beforeSeq}`;
}

/** An entry of the log that changed the members. */
export interface MemberChangeRow {
  readonly seq: number;
  readonly createdAt: Date;
  /** Null for nobody: in entries from older releases, and when an account was erased. */
  readonly actorId: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const CHANGES_MAX = 20;

/** The last changes in each part that the reader may see, in their order, in one statement. */
export async function listMemberChanges(
  database: Database,
  readerId: string,
  ranges: readonly SeqRange[],
): Promise<MemberChangeRow[][]> {
  const rows = await database.$queryRaw<
    (MemberChangeRow & { ordinal: number })[]
  >`/* messaging.members.changes */
    select wanted.ordinal::int, entry.seq, entry.created_at as "createdAt",
      entry.payload->>'actorId' as "actorId", entry.payload->'added' as added,
      entry.payload->'removed' as removed
    from unnest(${ranges.map(({ conversationId }) => conversationId)}::uuid[],
      ${ranges.map(({ afterSeq }) => afterSeq)}::int[],
      ${ranges.map(({ beforeSeq }) => beforeSeq)}::int[])
      with ordinality as wanted(conversation_id, after_seq, before_seq, ordinal)
    join member on member.conversation_id = wanted.conversation_id
      and member.user_id = ${readerId}::uuid
    cross join lateral (
      select seq, created_at, payload from stream_entry
      where stream_id = 'conversation:' || wanted.conversation_id and type = 'membersChanged'
        and seq > wanted.after_seq and seq < wanted.before_seq and seq >= member.visible_from_seq
      order by seq desc limit ${CHANGES_MAX}::int
    ) as entry
    order by wanted.ordinal, entry.seq`;
  return ranges.map((_, at) =>
    rows.filter(({ ordinal }) => ordinal === at + 1).map(({ ordinal: _ordinal, ...row }) => row),
  );
}

export type MemberRow = Omit<Member, "readSeq">;

/** A position in a list of members: behind this seq and person. */
export interface MemberPosition {
  readonly joinedSeq: number;
  readonly userId: string;
}

/**
 * A page of members and one more, for each conversation, in one statement. Of a direct one also the
 * person who has not accepted it: its only member knows to whom they write.
 */
export async function listMembers(
  database: Database,
  conversationIds: readonly string[],
  page: Page<MemberPosition>,
): Promise<MemberRow[]> {
  const behind = page.after
    ? Prisma.sql`and (joined_seq, user_id) > (${page.after.joinedSeq}::int, ${page.after.userId}::uuid)`
    : Prisma.empty;
  return database.$queryRaw<MemberRow[]>`/* messaging.members.list */
    select present.conversation_id as "conversationId", present.user_id as "userId",
      present.role::text as role, present.joined_seq as "joinedSeq", present.joined_at as "joinedAt"
    from unnest(${conversationIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from (
        (select conversation_id, user_id, role, joined_seq, joined_at from member
          where conversation_id = wanted.id ${behind}
          order by joined_seq, user_id limit ${page.limit + 1}::int)
        union all
        (select * from (
          select conversation_id, receiver_id as user_id, 'MEMBER'::member_role as role,
            0 as joined_seq, asked.created_at as joined_at
          from message_request as asked
          join conversation on conversation.id = asked.conversation_id and kind = 'DIRECT'
          where asked.conversation_id = wanted.id
        ) as asked where true ${behind})
      ) as both_kinds
      order by joined_seq, user_id limit ${page.limit + 1}::int
    ) as present
    order by present.conversation_id, present.joined_seq, present.user_id`;
}
