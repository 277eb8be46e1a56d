// Keeps who is a match, and finds where they talk.
import type { Database, Transaction } from "../context.ts";
import type { Match } from "../generated/prisma/client.ts";

/** A match that is known already stays as it is. */
export async function insertMatch(tx: Transaction, match: Match): Promise<void> {
  await tx.match.createMany({ data: [match], skipDuplicates: true });
}

/** The ids of the conversations of those matches that have one, in one statement. */
export async function findMatchConversations(
  database: Database,
  matchIds: readonly string[],
): Promise<{ readonly matchId: string; readonly conversationId: string }[]> {
  return database.$queryRaw`/* messaging.matches.conversations */
    select match.id as "matchId", conversation.id as "conversationId"
    from match join conversation using (pair_low, pair_high)
    where match.id = any(${matchIds}::uuid[])`;
}
