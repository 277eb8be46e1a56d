// Reads notes to self.
import type { Database, Transaction } from "../database.ts";

/** The id of a person's note to self. */
export async function findNote(
  database: Database | Transaction,
  userId: string,
): Promise<string | null> {
  const where = { noteOf: userId };
  const found = await database.conversation.findUnique({ where, select: { id: true } });
  return found?.id ?? null;
}
