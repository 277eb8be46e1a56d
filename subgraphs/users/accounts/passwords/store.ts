// Reads and writes passwords, and finds whose a mail about an address is.
import type { Database, Transaction } from "../../database.ts";

/** A person as a new password is judged by. */
export interface PasswordOwner {
  readonly email: string;
  readonly displayName: string;
  readonly headline: string | null;
  /** Null for an account without a password. */
  readonly passwordHash: string | null;
  /** Whether the address is theirs for certain. */
  readonly isVerified: boolean;
}

export async function findPasswordOwner(
  database: Database | Transaction,
  personId: string,
): Promise<PasswordOwner | null> {
  const [owner] = await database.$queryRaw<PasswordOwner[]>`/* users.password.owner */
    select email, display_name as "displayName", headline, password_hash as "passwordHash",
      verified_at is not null as "isVerified"
    from credential join person on person.id = user_id
    where user_id = ${personId}::uuid`;
  return owner ?? null;
}

/** The owner of an address, or else the newest account that claims it. Null without any. */
export async function findAddressee(
  database: Database | Transaction,
  email: string,
): Promise<string | null> {
  const [found] = await database.$queryRaw<{ personId: string }[]>`/* users.password.addressee */
    select user_id as "personId" from credential where email = ${email}
    order by verified_at is null, user_id desc limit 1`;
  return found?.personId ?? null;
}

/** Replaces a password by another one. False when it is no longer this one. */
export async function replacePassword(
  tx: Transaction,
  change: { readonly personId: string; readonly from: string; readonly to: string },
): Promise<boolean> {
  const { count } = await tx.credential.updateMany({
    where: { userId: change.personId, passwordHash: change.from },
    data: { passwordHash: change.to },
  });
  return count > 0;
}

/** Sets a password, whatever it was. Null: the account has none. */
export async function setPassword(
  tx: Transaction,
  personId: string,
  passwordHash: string | null,
): Promise<void> {
  await tx.credential.update({
    where: { userId: personId },
    data: { passwordHash },
    select: { userId: true },
  });
}

/**
 * Whether a password that was just checked still counts. Until the transaction ends it cannot be
 * changed: a change waits for the session, and then ends it. The person is locked first, as
 * everywhere.
 */
export async function holdPassword(
  tx: Transaction,
  personId: string,
  passwordHash: string,
): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`/* users.password.hold */
    with held as materialized (select id from person where id = ${personId}::uuid for share)
    select 1 from held join credential on user_id = held.id
    where password_hash = ${passwordHash} for share of credential`;
  return held.length > 0;
}
