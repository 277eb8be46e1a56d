// What a mail needs of its recipient.
import type { Database } from "../../database.ts";

export interface StoredRecipient {
  readonly email: string;
  readonly displayName: string;
  readonly languages: readonly string[];
  readonly wrapped: Uint8Array;
}

/** Null for a person who is gone, or whose key is. */
export async function findRecipient(
  database: Database,
  personId: string,
): Promise<StoredRecipient | null> {
  const rows = await database.$queryRaw<StoredRecipient[]>`/* users.mail.recipient */
    select email, display_name as "displayName", languages, wrapped
    from person join credential on user_id = id join person_key on person_id = id
    where id = ${personId}::uuid`;
  return rows[0] ?? null;
}
