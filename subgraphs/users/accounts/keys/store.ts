// The keys that seal what is kept of people.
import type { Transaction } from "../../database.ts";

/**
 * A person's key, wrapped. If there is none yet, the new one becomes it. The key stays until the
 * transaction ends; many transactions may hold it, so it has no place in the order of locks.
 */
export async function ensureKey(
  tx: Transaction,
  personId: string,
  fresh: Uint8Array,
  now: Date,
): Promise<Uint8Array> {
  const rows = await tx.$queryRaw<{ wrapped: Uint8Array }[]>`/* users.key.ensure */
    with known as (
      select wrapped from person_key where person_id = ${personId}::uuid for key share
    ), added as (
      insert into person_key (person_id, wrapped, created_at)
      select ${personId}::uuid, ${fresh}::bytea, ${now}::timestamptz
      where not exists (select from known)
      on conflict (person_id) do update set created_at = person_key.created_at
      returning wrapped
    )
    select wrapped from known union all select wrapped from added`;
  return rows[0]?.wrapped ?? fresh;
}
