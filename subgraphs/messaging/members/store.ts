// Reads and writes members of groups. Callers hold the lock of the conversation's stream.
import type { Transaction } from "../context.ts";
import type { Member } from "../generated/prisma/client.ts";

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
