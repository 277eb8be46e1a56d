// Reads and writes members of groups. Those who write hold the lock of the conversation's stream.
import type { PrismaClient as Database, Member, Prisma } from "../generated/prisma/client.ts";

type Transaction = Prisma.TransactionClient;

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

/** The last changes in each part, in their order, in one statement. */
export async function listMemberChanges(
  database: Database,
  ranges: readonly SeqRange[],
): Promise<MemberChangeRow[][]> {
  const rows = await database.$queryRaw<
    (MemberChangeRow & { ordinal: number })[]
  >`/* messaging.members.changes */
    select wanted.ordinal::int, entry.seq, entry.created_at as "createdAt",
      entry.payload->>'actorId' as "actorId", entry.payload->'added' as added,
      entry.payload->'removed' as removed
    from unnest(${ranges.map(({ conversationId }) => `conversation:${conversationId}`)}::text[],
      ${ranges.map(({ afterSeq }) => afterSeq)}::int[],
      ${ranges.map(({ beforeSeq }) => beforeSeq)}::int[])
      with ordinality as wanted(stream_id, after_seq, before_seq, ordinal)
    cross join lateral (
      select seq, created_at, payload from stream_entry
      where stream_id = wanted.stream_id and type = 'membersChanged'
        and seq > wanted.after_seq and seq < wanted.before_seq
      order by seq desc limit ${CHANGES_MAX}::int
    ) as entry
    order by wanted.ordinal, entry.seq`;
  return ranges.map((_, at) =>
    rows.filter(({ ordinal }) => ordinal === at + 1).map(({ ordinal: _ordinal, ...row }) => row),
  );
}
