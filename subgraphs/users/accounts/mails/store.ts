// The keys of people, and what a mail needs of its recipient.
import type { Database, Transaction } from "../../database.ts";

/** A person's key, wrapped. If there is none yet, the new one becomes it. */
export async function ensureKey(
  tx: Transaction,
  personId: string,
  fresh: Uint8Array,
  now: Date,
): Promise<Uint8Array> {
  const rows = await tx.$queryRaw<{ wrapped: Uint8Array }[]>`/* users.key.ensure */
    with added as (
      insert into person_key (person_id, wrapped, created_at)
      values (${personId}::uuid, ${fresh}::bytea, ${now}::timestamptz)
      on conflict (person_id) do update set created_at = person_key.created_at
      returning wrapped
    )
    select wrapped from added`;
  return rows[0]?.wrapped ?? fresh;
}

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
