// Issues and uses what works once: the token of a link (256 random bits) and, beside it, a code of
// six digits that a person can type. It stores hashes. The effect of the one use is the caller's.
import { createHash, randomBytes, randomInt } from "node:crypto";
import { newId } from "#kit/data/id";
import type { Sealing } from "#kit/trust/sealing";
import type { Database, Transaction } from "../database.ts";
import { CODE_ATTEMPTS_MAX, ONCE, type OnceKind } from "./one-time/rules.ts";
import {
  type CodeOutcome,
  findToken,
  findUsed,
  insertOnce,
  tryCode,
  tryToken,
  type UsedOnce,
  useToken,
} from "./one-time/store.ts";

const TOKEN_BYTES = 32;
const CODE_END = 1_000_000;

interface Services {
  readonly sealing: Sealing;
  now(): Date;
}

export interface Issue {
  readonly kind: OnceKind;
  readonly personId: string;
  /** Its purpose, sealed for the person. */
  readonly sealed?: string;
  readonly hasCode?: boolean;
}

/** The only time that the token and the code are known. */
export interface Issued {
  readonly id: string;
  readonly token: string;
  /** Six digits; empty without `hasCode`. */
  readonly code: string;
  readonly expiresAt: Date;
}

/** How long a thing of this kind works. */
export function onceLifeMs(kind: OnceKind): number {
  return ONCE[kind].lifeMs;
}

/** 256 random bits, as base64url. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** Six random digits. */
export function newCode(): string {
  return String(randomInt(CODE_END)).padStart(6, "0");
}

/** Issues in the transaction of its cause. Earlier ones of the kind stay usable. */
export async function issueOnce(
  tx: Transaction,
  services: Services,
  { kind, personId, sealed, hasCode = false }: Issue,
): Promise<Issued> {
  const token = newToken();
  const code = hasCode ? newCode() : "";
  const createdAt = services.now();
  const expiresAt = new Date(createdAt.getTime() + ONCE[kind].lifeMs);
  const id = newId();
  await insertOnce(tx, {
    id,
    kind,
    personId,
    tokenHash: onceHash(token),
    codeHash: hasCode ? codeHash(services.sealing, { kind, personId, code }) : null,
    sealed: sealed ?? null,
    createdAt,
    expiresAt,
  });
  return { id, token, code, expiresAt };
}

/** Uses a token in the transaction of its effect. Null when it does not work. */
export async function useOnce(
  tx: Transaction,
  { now }: Pick<Services, "now">,
  kind: OnceKind,
  token: string,
): Promise<UsedOnce | null> {
  return useToken(tx, { kind, tokenHash: onceHash(token), now: now() });
}

/** A token that was used or ended; null for one that was not. */
export async function findUsedOnce(
  tx: Transaction,
  kind: OnceKind,
  token: string,
): Promise<UsedOnce | null> {
  return findUsed(tx, { kind, tokenHash: onceHash(token) });
}

/** The row of a token that could be used now; it stays usable. */
export async function findOnce(
  database: Database | Transaction,
  { now }: Pick<Services, "now">,
  kind: OnceKind,
  token: string,
): Promise<UsedOnce | null> {
  return findToken(database, { kind, tokenHash: onceHash(token), now: now() });
}

/** A token that was tried, and can still be used. */
export interface TriedToken {
  readonly id: string;
  readonly attemptsLeft: number;
}

/**
 * Counts a try at what belongs to a token, such as the answer to a challenge, and locks it until
 * the transaction ends. Null when it can be tried no more. See `tryToken`; then `finishOnce` uses
 * it.
 */
export async function tryOnce(
  tx: Transaction,
  { now }: Pick<Services, "now">,
  kind: OnceKind,
  token: string,
): Promise<TriedToken | null> {
  const attemptsMax = CODE_ATTEMPTS_MAX;
  const tried = await tryToken(tx, { kind, tokenHash: onceHash(token), attemptsMax, now: now() });
  return tried && { id: tried.id, attemptsLeft: attemptsMax - tried.attempts };
}

/** Tries a code of a person. A wrong guess counts only if the transaction commits. */
export async function useCode(
  tx: Transaction,
  { sealing, now }: Services,
  guess: { readonly kind: OnceKind; readonly personId: string; readonly code: string },
): Promise<CodeOutcome> {
  const { kind, personId } = guess;
  const hash = codeHash(sealing, guess);
  return tryCode(tx, {
    kind,
    personId,
    codeHash: hash,
    attemptsMax: CODE_ATTEMPTS_MAX,
    now: now(),
  });
}

/** SHA-256 of a token; a slow hash is not needed, because a token is random. */
export function onceHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

/** With a key of the deployment, because a million codes are soon tried on a stolen database. */
function codeHash(
  sealing: Sealing,
  { kind, personId, code }: { kind: OnceKind; personId: string; code: string },
): Uint8Array<ArrayBuffer> {
  return sealing.digest(`${kind}:${personId}:${code}`);
}
