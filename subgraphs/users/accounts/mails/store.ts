// Reads the facts of a recipient that a mail needs.
import { inTransaction } from "#kit/data/database";
import type { Database, Transaction } from "../../database.ts";

export interface StoredRecipient {
  readonly email: string;
  readonly displayName: string;
  readonly languages: readonly string[];
  readonly wrapped: Uint8Array;
}

/** Null for a person who is gone, or whose key is. */
export async function findRecipient(
  database: Database | Transaction,
  personId: string,
): Promise<StoredRecipient | null> {
  const rows = await database.$queryRaw<StoredRecipient[]>`/* users.mail.recipient */
    select email, display_name as "displayName", wrapped,
      -- The chosen one first.
      array_remove(language || languages, null) as languages
    from person join credential on user_id = id join person_key on person_id = id
    where id = ${personId}::uuid`;
  return rows[0] ?? null;
}

export interface AddressMails {
  readonly jobId: string;
  /** HMAC of the address and of what the mails are about. */
  readonly addressHash: Uint8Array<ArrayBuffer>;
  readonly now: Date;
  /** How many there may be since then. */
  readonly since: Date;
  readonly most: number;
}

/**
 * Counts a mail to an address, one at a time for each address. False when there were too many; a
 * mail that was counted before may be sent again.
 */
export async function countAddressMail(
  database: Database,
  { jobId, addressHash, now, since, most }: AddressMails,
): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    await tx.$queryRaw`/* users.address.mails.lock */
      select pg_advisory_xact_lock(hashtextextended(encode(${addressHash}::bytea, 'hex'), 0))::text`;
    await tx.$executeRaw`/* users.address.mails.count */
      insert into address_mail (job_id, address_hash, sent_at)
      select ${jobId}::uuid, ${addressHash}::bytea, ${now}::timestamptz
      where (
        select count(*) from address_mail
        where address_hash = ${addressHash}::bytea and sent_at > ${since}::timestamptz
      ) < ${most}::int
      on conflict do nothing`;
    return (await tx.addressMail.count({ where: { jobId } })) > 0;
  });
}

/** Deletes what no longer counts. Returns how many. */
export async function deleteAddressMails(database: Database, before: Date): Promise<number> {
  const { count } = await database.addressMail.deleteMany({ where: { sentAt: { lt: before } } });
  return count;
}
