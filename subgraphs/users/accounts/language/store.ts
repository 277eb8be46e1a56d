// Stores the language of accounts. They are read with their addresses.
import type { Database } from "../../database.ts";

/** False when the account is gone. */
export async function saveLanguage(
  database: Database,
  userId: string,
  language: string,
): Promise<boolean> {
  const changed = await database.$executeRaw`/* users.language.save */
    update credential set language = ${language} where user_id = ${userId}::uuid`;
  return changed > 0;
}
