// Reads and writes who claims an address and who owns it.
import type { Database, Transaction } from "../../database.ts";

/** The address of an account; `verifiedAt` is null while the account only claims it. */
export interface AccountAddress {
  readonly email: string;
  readonly verifiedAt: Date | null;
}

/** The address of an account. Null for nobody. */
export async function findAddressOf(
  database: Database,
  personId: string,
): Promise<AccountAddress | null> {
  return database.credential.findUnique({
    where: { userId: personId },
    select: { email: true, verifiedAt: true },
  });
}

/** The address of an account, locked until the transaction ends. Null for nobody. */
export async function lockAddressOf(
  tx: Transaction,
  personId: string,
): Promise<AccountAddress | null> {
  const [found] = await tx.$queryRaw<AccountAddress[]>`/* users.address.lock */
    select email, verified_at as "verifiedAt" from credential
    where user_id = ${personId}::uuid for no key update`;
  return found ?? null;
}

/**
 * Locks an address until the transaction ends: whoever wants to own it waits. The unique index of
 * owners would do, but a violation of it writes the address to PostgreSQL's log.
 */
export async function lockEmail(tx: Transaction, email: string): Promise<void> {
  await tx.$queryRaw`/* users.email.lock */
    select pg_advisory_xact_lock(hashtextextended(${`address ${email}`}, 0))::text`;
}

/** Makes an account own the address that it claims. False when another one does. */
export async function ownAddress(
  tx: Transaction,
  personId: string,
  verifiedAt: Date,
): Promise<boolean> {
  const owned = await tx.$executeRaw`/* users.address.own */
    update credential set verified_at = ${verifiedAt}::timestamptz
    where user_id = ${personId}::uuid and verified_at is null and not exists (
      select from credential as other
      where other.email = credential.email and other.verified_at is not null
    )`;
  return owned > 0;
}

/** Whether somebody owns an address. */
export async function hasOwner(database: Database | Transaction, email: string): Promise<boolean> {
  return (await database.credential.count({ where: { email, verifiedAt: { not: null } } })) > 0;
}

export interface Holder {
  readonly userId: string;
  readonly isOwner: boolean;
}

/** The accounts of an address: its owner, if there is one, and those that claim it. */
export async function listHolders(
  database: Database | Transaction,
  email: string,
): Promise<Holder[]> {
  const rows = await database.credential.findMany({
    where: { email },
    orderBy: { userId: "desc" },
    select: { userId: true, verifiedAt: true },
  });
  return rows.map(({ userId, verifiedAt }) => ({ userId, isOwner: verifiedAt !== null }));
}

/** The present value of a link that confirms an address. */
export interface LinkState {
  /** Not used, not ended by a newer address, and the account does not own the address already. */
  readonly isUsable: boolean;
  /** Whether another account owns the address. */
  readonly hasOwner: boolean;
}

/** The state of a link to an address, by its id; null when it is gone. */
export async function findLinkState(
  database: Database,
  onceId: string,
  email: string,
): Promise<LinkState | null> {
  const [state] = await database.$queryRaw<LinkState[]>`/* users.address.link */
    select used_at is null and owner is distinct from person_id as "isUsable",
      owner <> person_id is true as "hasOwner"
    from one_time left join (
      select user_id as owner from credential where email = ${email} and verified_at is not null
    ) as owned on true
    where id = ${onceId}::uuid`;
  return state ?? null;
}

/** Sets what address an account has. Behind `lockEmail`, after a look at who owns it. */
export async function setAddress(
  tx: Transaction,
  personId: string,
  { email, verifiedAt }: AccountAddress,
): Promise<void> {
  await tx.credential.update({
    where: { userId: personId },
    data: { email, verifiedAt },
    select: { userId: true },
  });
}

/** A change of address that waits for its confirmation. */
export interface StoredChange {
  readonly personId: string;
  readonly sealed: string;
  readonly wrapped: Uint8Array;
}

/** The changes that people can still confirm, by person, in one statement. */
export async function findPendingChanges(
  database: Database,
  personIds: readonly string[],
  now: Date,
): Promise<Map<string, StoredChange>> {
  const rows = await database.$queryRaw<StoredChange[]>`/* users.address.pending */
    select distinct on (one_time.person_id) one_time.person_id as "personId", sealed, wrapped
    from one_time join person_key on person_key.person_id = one_time.person_id
    where one_time.person_id = any(${[...personIds]}::uuid[]) and kind = 'email.change'
      and used_at is null and expires_at > ${now}::timestamptz and sealed is not null
    order by one_time.person_id, one_time.created_at desc`;
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Unverified accounts from before an instant which nobody has ended yet. */
export async function findAbandoned(
  database: Database,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await database.user.findMany({
    where: { standing: "UNVERIFIED", createdAt: { lt: before } },
    orderBy: { id: "asc" },
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
