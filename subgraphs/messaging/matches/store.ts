// Stores matches, and finds their conversations.
import type { Database, Transaction } from "../database.ts";
import type { Match } from "../generated/prisma/client.ts";

/** Inserts a match; a known match stays as it is. */
export async function insertMatch(tx: Transaction, match: Match): Promise<void> {
  await tx.match.createMany({ data: [match], skipDuplicates: true });
}

/** The conversations of those matches that have one, in one statement. */
export async function findMatchConversations(
  database: Database,
  matchIds: readonly string[],
): Promise<{ readonly matchId: string; readonly conversationId: string }[]> {
  return database.$queryRaw`/* messaging.matches.conversations */
    select match.id as "matchId", conversation.id as "conversationId"
    from match join conversation using (pair_low, pair_high)
    where match.id = any(${matchIds}::uuid[])`;
}

/** Whether two people are a match. */
export async function areMatched(
  tx: Transaction,
  { pairLow, pairHigh }: Pick<Match, "pairLow" | "pairHigh">,
): Promise<boolean> {
  const found = await tx.match.findFirst({ where: { pairLow, pairHigh }, select: { id: true } });
  return found !== null;
}
