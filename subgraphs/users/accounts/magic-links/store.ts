// Links and codes that sign in. They are rows of one_time, bound to an attempt, and belong to
// nobody until the worker has found the account. accounts/once.ts has all else that works once.
import type { Database, Transaction } from "../../database.ts";
import type { Codes } from "./rules.ts";

const MAGIC_LINK = "magic-link";

type Hash = Uint8Array<ArrayBuffer>;

export interface NewMagicLink {
  readonly id: string;
  readonly tokenHash: Hash;
  readonly codeHash: Hash;
  readonly attemptHash: Hash;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export async function insertMagicLink(tx: Transaction, row: NewMagicLink): Promise<void> {
  await tx.oneTime.create({ data: { ...row, kind: MAGIC_LINK }, select: { id: true } });
}

/**
 * Gives a link to the person to whom it is sent. With `hasCode` false, its code does not work.
 * False when it is too late.
 */
export async function giveMagicLink(
  tx: Transaction,
  link: { readonly id: string; readonly personId: string; readonly hasCode: boolean },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.oneTime.updateMany({
    where: { id: link.id, usedAt: null, expiresAt: { gt: now } },
    data: { personId: link.personId, ...(!link.hasCode && { codeHash: null }) },
  });
  return count > 0;
}

/** Counts the codes of a person: wrong ones and issued ones, each since an instant. */
export async function countCodes(
  tx: Transaction,
  personId: string,
  since: { readonly wrong: Date; readonly issued: Date },
): Promise<Codes> {
  const [counted] = await tx.$queryRaw<Codes[]>`/* users.magicLink.codes */
    select coalesce(sum(attempts), 0)::int as wrong,
      count(*) filter (
        where code_hash is not null and created_at > ${since.issued}::timestamptz
      )::int as issued
    from one_time
    where person_id = ${personId}::uuid and kind = ${MAGIC_LINK}
      and created_at > ${since.wrong}::timestamptz`;
  return counted ?? { wrong: 0, issued: 0 };
}

/** The account to which links of an attempt were sent. Null for none yet. */
export async function findPersonOf(tx: Transaction, attemptHash: Hash): Promise<string | null> {
  const found = await tx.oneTime.findFirst({
    where: { attemptHash: { equals: attemptHash }, kind: MAGIC_LINK, personId: { not: null } },
    select: { personId: true },
  });
  return found?.personId ?? null;
}

interface LinkUse {
  readonly tokenHash: Hash;
  readonly attemptHash: Hash;
  readonly now: Date;
}

/** `elsewhere`: the link works, but was asked for by another browser. It stays usable. */
export type LinkOutcome =
  | { readonly kind: "used"; readonly personId: string }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "invalid" };

/** Uses a link, if the attempt is the one to which it is bound. Of many at once, one does. */
export async function useMagicLink(
  tx: Transaction,
  { tokenHash, attemptHash, now }: LinkUse,
): Promise<LinkOutcome> {
  const [used] = await tx.$queryRaw<{ personId: string }[]>`/* users.magicLink.use */
    update one_time set used_at = ${now}::timestamptz
    where token_hash = ${tokenHash}::bytea and kind = ${MAGIC_LINK} and used_at is null
      and expires_at > ${now}::timestamptz and attempt_hash = ${attemptHash}::bytea
      and person_id is not null
    returning person_id as "personId"`;
  if (used) return { kind: "used", personId: used.personId };
  const isElsewhere = await tx.oneTime.count({
    where: {
      tokenHash: { equals: tokenHash },
      kind: MAGIC_LINK,
      usedAt: null,
      expiresAt: { gt: now },
      attemptHash: { not: attemptHash },
    },
  });
  return { kind: isElsewhere > 0 ? "elsewhere" : "invalid" };
}

interface CodeUse {
  readonly codeHash: Hash;
  readonly attemptHash: Hash;
  readonly attemptsMax: number;
  /** At how many links of the attempt it is tried, the newest. */
  readonly linksMax: number;
  readonly now: Date;
}

export type CodeOutcome =
  | { readonly kind: "used"; readonly personId: string }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "invalid" };

/**
 * Tries a code at the links of an attempt: the person may have asked twice and read either mail.
 * The guess counts in the same statement, and only if the transaction commits.
 */
export async function useMagicCode(
  tx: Transaction,
  { codeHash, attemptHash, attemptsMax, linksMax, now }: CodeUse,
): Promise<CodeOutcome> {
  const tried = await tx.$queryRaw<{ personId: string; attempts: number; isUsed: boolean }[]>`
    /* users.magicLink.code */
    update one_time set attempts = attempts + 1,
      used_at = case when code_hash = ${codeHash}::bytea and person_id is not null
        then ${now}::timestamptz end
    where id in (
        select id from one_time
        where attempt_hash = ${attemptHash}::bytea and kind = ${MAGIC_LINK}
        order by id desc limit ${linksMax}::int for update
      )
      and used_at is null and expires_at > ${now}::timestamptz and attempts < ${attemptsMax}::int
    returning person_id as "personId", attempts, used_at is not null as "isUsed"`;
  const used = tried.find(({ isUsed }) => isUsed);
  if (used) return { kind: "used", personId: used.personId };
  if (tried.length === 0) return { kind: "invalid" };
  const attempts = Math.min(...tried.map((each) => each.attempts));
  return { kind: "wrong", attemptsLeft: attemptsMax - attempts };
}

/** Ends the other links of a person. */
export async function endMagicLinks(
  tx: Database | Transaction,
  personId: string,
  now: Date,
): Promise<void> {
  await tx.oneTime.updateMany({
    where: { personId, kind: MAGIC_LINK, usedAt: null },
    data: { usedAt: now },
  });
}
