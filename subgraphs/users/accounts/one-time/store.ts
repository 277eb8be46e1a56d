// Stores what works once: only hashes, so that the database opens nothing.
import type { Database, Transaction } from "../../database.ts";
import type { OnceKind } from "./rules.ts";

export interface NewOnce {
  readonly id: string;
  readonly kind: OnceKind;
  readonly personId: string;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly codeHash: Uint8Array<ArrayBuffer> | null;
  readonly sealed: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertOnce(tx: Transaction, row: NewOnce): Promise<void> {
  await tx.oneTime.create({ data: row, select: { id: true } });
}

/** An issued row, as its one use finds it. */
export interface UsedOnce {
  readonly id: string;
  readonly personId: string;
  readonly sealed: string | null;
}

interface TokenUse {
  readonly kind: OnceKind;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly now: Date;
}

/**
 * Marks a token as used. Null when it is unknown, used or expired. Of many at once, the first locks
 * the row; the others wait for its transaction and then find it used.
 */
export async function useToken(
  tx: Transaction,
  { kind, tokenHash, now }: TokenUse,
): Promise<UsedOnce | null> {
  const [used] = await tx.$queryRaw<UsedOnce[]>`/* users.once.use */
    update one_time set used_at = ${now}::timestamptz
    where token_hash = ${tokenHash}::bytea and kind = ${kind} and used_at is null
      and expires_at > ${now}::timestamptz
    returning id, person_id as "personId", sealed`;
  return used ?? null;
}

/** A token that was used or ended; null for an unknown one. */
export async function findUsed(
  tx: Transaction,
  { kind, tokenHash }: Pick<TokenUse, "kind" | "tokenHash">,
): Promise<UsedOnce | null> {
  const found = await tx.oneTime.findFirst({
    where: { tokenHash: { equals: tokenHash }, kind, usedAt: { not: null } },
    select: AS_USED,
  });
  return ofPerson(found);
}

const AS_USED = { id: true, personId: true, sealed: true } as const;

/** Some kinds are issued to an address, and to no person. */
function ofPerson(
  found: { id: string; personId: string | null; sealed: string | null } | null,
): UsedOnce | null {
  return found?.personId ? { ...found, personId: found.personId } : null;
}

/** The last thing of a kind that was issued to a person, and was used or ended since. */
export async function findLastUsed(
  tx: Transaction,
  personId: string,
  kind: OnceKind,
): Promise<UsedOnce | null> {
  const found = await tx.oneTime.findFirst({
    where: { personId, kind, usedAt: { not: null } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: AS_USED,
  });
  return ofPerson(found);
}

/** When things of a kind were issued to a person since an instant, the newest first. */
export async function listIssued(
  tx: Transaction,
  { personId, kind }: { readonly personId: string; readonly kind: OnceKind },
  since: Date,
): Promise<Date[]> {
  const rows = await tx.oneTime.findMany({
    where: { personId, kind, createdAt: { gt: since } },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  return rows.map(({ createdAt }) => createdAt);
}

/** A token that could be used now; it stays usable. */
export async function findToken(
  database: Database | Transaction,
  { kind, tokenHash, now }: TokenUse,
): Promise<UsedOnce | null> {
  const [found] = await database.$queryRaw<UsedOnce[]>`/* users.once.find */
    select id, person_id as "personId", sealed from one_time
    where token_hash = ${tokenHash}::bytea and kind = ${kind} and used_at is null
      and expires_at > ${now}::timestamptz`;
  return found ?? null;
}

/** A token that was tried: it stays usable until `finishOnce`. */
export interface TriedOnce extends UsedOnce {
  readonly attempts: number;
}

/**
 * Counts a try at what belongs to a token, and locks its row until the transaction ends: of a burst
 * of tries, one at a time is judged, and no more than `attemptsMax` are. The try counts only if the
 * transaction commits. Null when the token is unknown, used, expired, or was tried too often.
 */
export async function tryToken(
  tx: Transaction,
  { kind, tokenHash, attemptsMax, now }: TokenUse & { readonly attemptsMax: number },
): Promise<TriedOnce | null> {
  const [tried] = await tx.$queryRaw<TriedOnce[]>`/* users.once.try */
    update one_time set attempts = attempts + 1
    where token_hash = ${tokenHash}::bytea and kind = ${kind} and used_at is null
      and expires_at > ${now}::timestamptz and attempts < ${attemptsMax}::int
    returning id, person_id as "personId", sealed, attempts`;
  return tried ?? null;
}

/** Marks as used what this transaction has tried. */
export async function finishOnce(tx: Transaction, id: string, usedAt: Date): Promise<void> {
  await tx.oneTime.update({ where: { id }, data: { usedAt }, select: { id: true } });
}

interface CodeUse {
  readonly kind: OnceKind;
  readonly personId: string;
  readonly codeHash: Uint8Array<ArrayBuffer>;
  readonly attemptsMax: number;
  readonly now: Date;
}

/** `wrong`: the guess was counted. `none`: there is no code, or it was guessed too often. */
export type CodeOutcome =
  | { readonly kind: "used"; readonly once: UsedOnce }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "none" };

/**
 * Counts a guess at a person's last code of a kind, and marks it as used if the guess is right, in
 * one statement: a burst of guesses cannot have more than `attemptsMax`. The guess counts only if
 * the transaction commits, so a wrong one must not end it.
 */
export async function tryCode(
  tx: Transaction,
  { kind, personId, codeHash, attemptsMax, now }: CodeUse,
): Promise<CodeOutcome> {
  const [tried] = await tx.$queryRaw<(UsedOnce & { attempts: number; isUsed: boolean })[]>`
    /* users.once.code */
    update one_time set attempts = attempts + 1,
      used_at = case when code_hash = ${codeHash}::bytea then ${now}::timestamptz end
    where id = (
        select id from one_time
        where person_id = ${personId}::uuid and kind = ${kind} and code_hash is not null
        order by created_at desc, id desc limit 1
      )
      and used_at is null and expires_at > ${now}::timestamptz and attempts < ${attemptsMax}::int
    returning id, person_id as "personId", sealed, attempts, used_at is not null as "isUsed"`;
  if (!tried) return { kind: "none" };
  const { attempts, isUsed, ...once } = tried;
  if (isUsed) return { kind: "used", once };
  return { kind: "wrong", attemptsLeft: attemptsMax - attempts };
}

/** Ends what a person has of a kind and has not used. */
export async function endOnce(
  tx: Transaction,
  personId: string,
  kind: OnceKind,
  now: Date,
): Promise<void> {
  await tx.oneTime.updateMany({
    where: { personId, kind, usedAt: null },
    data: { usedAt: now },
  });
}

/** Ends everything that a person has not used, of these kinds or of all. */
export async function endAllOnce(
  tx: Transaction,
  personId: string,
  now: Date,
  kinds?: readonly OnceKind[],
): Promise<void> {
  await tx.oneTime.updateMany({
    where: { personId, usedAt: null, ...(kinds && { kind: { in: [...kinds] } }) },
    data: { usedAt: now },
  });
}

/** Ends what a person has of a kind that was issued after another one. */
export async function endLaterOnce(
  tx: Transaction,
  { personId, kind, id, now }: { personId: string; kind: OnceKind; id: string; now: Date },
): Promise<void> {
  await tx.$executeRaw`/* users.once.endLater */
    update one_time set used_at = ${now}::timestamptz
    where person_id = ${personId}::uuid and kind = ${kind} and used_at is null
      and (created_at, id) > (select created_at, id from one_time where id = ${id}::uuid)`;
}

/** Deletes what expired before an instant. Returns how many. */
export async function deleteExpired(
  database: Database,
  before: Date,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* users.once.clean */
    delete from one_time where id in (
      select id from one_time where expires_at < ${before}::timestamptz limit ${limit}::int
    )`;
}
