// Reads and writes credentials, sessions and refresh tokens.
import type { Database, Transaction } from "../../database.ts";
import type { Credential } from "../../generated/prisma/client.ts";
import type { TokenState } from "./rules.ts";

/** A person's password, and whether their address is theirs. */
export interface StoredCredential {
  readonly userId: string;
  /** Null for an account without a password. */
  readonly passwordHash: string | null;
  readonly isOwner: boolean;
}

/** The credentials of an address: its owner's, and that of the newest account that claims it. */
export async function findCredentials(
  database: Database,
  email: string,
): Promise<StoredCredential[]> {
  return database.$queryRaw<StoredCredential[]>`/* users.credentials.find */
    select distinct on (verified_at is null) user_id as "userId", password_hash as "passwordHash",
      verified_at is not null as "isOwner"
    from credential where email = ${email}
    order by verified_at is null, user_id desc`;
}

/** An address, and whether it is theirs for certain. */
export interface StoredAddress {
  readonly email: string;
  readonly isVerified: boolean;
  /** Of the account: in which the person is spoken to. */
  readonly language: string | null;
}

/** The addresses of people, by person, in one statement. */
export async function findAddresses(
  database: Database,
  userIds: readonly string[],
): Promise<Map<string, StoredAddress>> {
  const rows = await database.credential.findMany({
    where: { userId: { in: [...userIds] } },
    select: { userId: true, email: true, verifiedAt: true, language: true },
  });
  return new Map(
    rows.map(({ userId, email, verifiedAt, language }) => [
      userId,
      { email, isVerified: verifiedAt !== null, language },
    ]),
  );
}

/**
 * Inserts a credential. False when it is to own its address and another one does. `ON CONFLICT`
 * decides between concurrent sign-ups: a violated index would write the address to PostgreSQL's
 * log.
 */
export async function insertCredential(
  tx: Transaction,
  { userId, email, passwordHash, verifiedAt, language }: Credential,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`/* users.credential.insert */
    insert into credential (user_id, email, password_hash, verified_at, language)
    values (${userId}::uuid, ${email}, ${passwordHash}, ${verifiedAt}::timestamptz, ${language})
    on conflict do nothing`;
  return inserted > 0;
}

/** A new session with its first refresh token. */
export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly familyHash: Uint8Array<ArrayBuffer>;
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly deviceId: string;
  readonly sealedUserAgent: string | null;
}

export async function insertSession(
  database: Database | Transaction,
  { tokenHash, ...session }: NewSession,
): Promise<void> {
  const { createdAt } = session;
  await database.session.create({
    data: {
      ...session,
      lastUsedAt: createdAt,
      authenticatedAt: createdAt,
      tokens: { create: { hash: tokenHash, createdAt } },
    },
    select: { id: true },
  });
}

export interface Rotation {
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly successorHash: Uint8Array<ArrayBuffer>;
  /** The successor, sealed for the holder of the token. */
  readonly sealedSuccessor: Uint8Array<ArrayBuffer>;
  readonly now: Date;
  /** A session that was last used at this time or earlier has ended. */
  readonly idleLimit: Date;
  /** Tokens of the session that were exchanged before this time are deleted. */
  readonly graceLimit: Date;
}

/** The session whose token was exchanged. */
export interface RotatedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/**
 * Exchanges a token for its successor; null, and no successor, when it was exchanged already or its
 * session has ended. Of concurrent requests, the first to update the token's row wins, and the
 * others then see it exchanged. The session's row is updated too, so that a concurrent revocation
 * is seen.
 */
export async function rotateToken(
  database: Database,
  { hash, successorHash, sealedSuccessor, now, idleLimit, graceLimit }: Rotation,
): Promise<RotatedSession | null> {
  const [rotated] = await database.$queryRaw<RotatedSession[]>`/* users.token.rotate */
    with claimed as (
      update refresh_token
      set rotated_at = ${now}::timestamptz, sealed_successor = ${sealedSuccessor}::bytea
      from session
      where refresh_token.hash = ${hash}::bytea and refresh_token.rotated_at is null
        and session.id = refresh_token.session_id and session.revoked_at is null
        and session.expires_at > ${now}::timestamptz
        and session.last_used_at > ${idleLimit}::timestamptz
      returning refresh_token.session_id
    ), continued as (
      update session set last_used_at = ${now}::timestamptz
      from claimed
      where session.id = claimed.session_id and session.revoked_at is null
      returning session.id, session.user_id, session.expires_at, session.device_id
    ), seen as (
      update device set last_seen_at = greatest(last_seen_at, ${now}::timestamptz)
      from continued where device.id = continued.device_id
    ), born as (
      insert into refresh_token (hash, session_id, created_at)
      select ${successorHash}::bytea, continued.id, ${now}::timestamptz from continued
    ), forgotten as (
      delete from refresh_token using continued
      where refresh_token.session_id = continued.id
        and refresh_token.rotated_at < ${graceLimit}::timestamptz
    )
    select id as "sessionId", user_id as "userId", expires_at as "expiresAt" from continued`;
  return rotated ?? null;
}

export type StoredToken = TokenState &
  RotatedSession & { readonly sealedSuccessor: Uint8Array | null };

/** A refresh token and the session that it claims. */
export interface ClaimedToken {
  readonly sessionId: string;
  readonly familyHash: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array<ArrayBuffer>;
}

/** A session and its state of a token; null for an unknown session, and for a made-up token. */
export async function findToken(
  database: Database,
  { sessionId, familyHash, hash }: ClaimedToken,
): Promise<StoredToken | null> {
  const [token] = await database.$queryRaw<StoredToken[]>`/* users.token.find */
    select session.id as "sessionId", session.user_id as "userId",
      session.expires_at as "expiresAt", session.last_used_at as "lastUsedAt",
      session.revoked_at as "revokedAt", refresh_token.hash is not null as "isKept",
      refresh_token.rotated_at as "rotatedAt",
      refresh_token.sealed_successor as "sealedSuccessor"
    from session
    left join refresh_token
      on refresh_token.session_id = session.id and refresh_token.hash = ${hash}::bytea
    where session.id = ${sessionId}::uuid and session.family_hash = ${familyHash}::bytea`;
  return token ?? null;
}

/** Ends a session with all its tokens; false when it is unknown or has ended already. */
export async function revokeSession(
  tx: Transaction,
  session: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { ...session, revokedAt: null },
    data: { revokedAt: now },
  });
  return count > 0;
}

/** Ends all sessions of a person, or all but one. Returns the ids of those that it ended. */
export async function revokeSessions(
  tx: Transaction,
  { userId, except }: { readonly userId: string; readonly except: string | null },
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`/* users.sessions.revoke */
    update session set revoked_at = ${now}::timestamptz
    where user_id = ${userId}::uuid and revoked_at is null
      and id is distinct from ${except}::uuid
    returning id`;
  return rows.map(({ id }) => id);
}

/** A session that was ended early. */
export interface RevokedSession {
  readonly id: string;
  readonly userId: string;
  readonly revokedAt: Date;
}

/** Sessions that were revoked since then, behind an id, in the order of their ids. */
export async function listRevoked(
  database: Database,
  since: Date,
  after: string | null,
  limit: number,
): Promise<RevokedSession[]> {
  return database.$queryRaw<RevokedSession[]>`/* users.session.revoked.list */
    select id, user_id as "userId", revoked_at as "revokedAt" from session
    where revoked_at > ${since}::timestamptz and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}::int`;
}

/** Deletes sessions that ended before an instant, with their tokens. Returns how many. */
export async function deleteEnded(
  database: Database,
  before: Date,
  limit: number,
): Promise<number> {
  return database.$executeRaw`/* users.sessions.clean */
    delete from session where id in (
      select id from session where expires_at < ${before}::timestamptz limit ${limit}::int
    )`;
}
