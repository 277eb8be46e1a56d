// Signs people up, in and out, and refreshes their sessions.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import { fold } from "#kit/input/fold";
import { invariant } from "#kit/invariant";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Role } from "../../generated/prisma/enums.ts";
import { accountFact, profileFact, sessionEndedFact } from "../../integration.ts";
import { insertUser } from "../../people/profiles/store.ts";
import { findRoles, insertGrants } from "../roles/store.ts";
import type { AccessToken } from "./access-tokens.ts";
import {
  familyHash,
  familyOf,
  newFamily,
  newRefreshToken,
  openSuccessor,
  sealSuccessor,
  tokenHash,
} from "./refresh-tokens.ts";
import {
  graceLimit,
  idleLimit,
  judgePassword,
  judgeToken,
  normalEmail,
  normalPassword,
  sessionEnd,
  type WeakPassword,
} from "./rules.ts";
import {
  findCredential,
  findToken,
  insertCredential,
  insertSession,
  isEmailTaken,
  type NewSession,
  type RotatedSession,
  revokeSession,
  rotateToken,
  type StoredToken,
} from "./store.ts";

/** The tokens of a signed-in client. */
export interface SignedIn {
  readonly kind: "signedIn";
  readonly userId: string;
  readonly access: AccessToken;
  readonly refreshToken: string;
}

const FIRST_ROLES: readonly Role[] = ["USER", "ORGANIZER"];

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
}

export type SignUpOutcome = SignedIn | { readonly kind: "emailTaken" } | WeakPassword;

/** Rolls back the transaction of a new account whose address is taken. */
class EmailTaken extends Error {}

/** Makes an account and its first session. Of many at once with one address, one succeeds. */
export async function signUp(context: Context, given: SignUp): Promise<SignUpOutcome> {
  const { database, passwords } = context;
  const email = normalEmail(given.email);
  const password = normalPassword(given.password);
  const { displayName } = given;
  const verdict = judgePassword({ email, displayName, password }, fold);
  if (verdict.kind === "weak") return verdict;
  if (await isEmailTaken(database, email)) return { kind: "emailTaken" };

  const passwordHash = await passwords.hash(password);
  const createdAt = context.now();
  const userId = newId();
  const { session, refreshToken } = openSession(userId, createdAt);
  try {
    await inTransaction(database, async (tx) => {
      const user = await insertUser(tx, { id: userId, displayName, createdAt });
      if (!(await insertCredential(tx, { userId, email, passwordHash }))) throw new EmailTaken();
      await insertGrants(tx, userId, FIRST_ROLES, createdAt);
      await insertSession(tx, session);
      await addToOutbox(tx, [accountFact(user), profileFact(user)]);
    });
  } catch (error) {
    if (error instanceof EmailTaken) return { kind: "emailTaken" };
    throw error;
  }
  return signedIn(context, { ...session, sessionId: session.id }, refreshToken, createdAt);
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

export type SignInOutcome = SignedIn | { readonly kind: "invalid" };

/** Begins a session. Takes as long for an unknown address as for a wrong password. */
export async function signIn(context: Context, given: SignIn): Promise<SignInOutcome> {
  const credential = await findCredential(context.database, normalEmail(given.email));
  const password = normalPassword(given.password);
  const isMatch = await context.passwords.matches(password, credential?.passwordHash ?? null);
  if (!credential || !isMatch) return { kind: "invalid" };
  const now = context.now();
  const { session, refreshToken } = openSession(credential.userId, now);
  await insertSession(context.database, session);
  return signedIn(context, { ...session, sessionId: session.id }, refreshToken, now);
}

export type RefreshOutcome = SignedIn | { readonly kind: "invalid" };

/**
 * Exchanges a refresh token. For 20 seconds, a second use gets the successor of the first use,
 * because the first answer may have been lost. A later use ends the session, because two parties
 * have the token (RFC 9700 §4.14.2). A token that was never issued ends nothing, and is refused
 * after the same statements as a token of an unknown session.
 */
export async function refreshSession(context: Context, token: string): Promise<RefreshOutcome> {
  const family = familyOf(token);
  if (family === null) return { kind: "invalid" };
  const now = context.now();
  const hash = tokenHash(token);
  const successor = newRefreshToken(family);
  const rotated = await rotateToken(context.database, {
    hash,
    successorHash: tokenHash(successor),
    sealedSuccessor: sealSuccessor(token, successor),
    now,
    idleLimit: idleLimit(now),
    graceLimit: graceLimit(now),
  });
  if (rotated) return signedIn(context, rotated, successor, now);
  const stored = await findToken(context.database, {
    sessionId: family.sessionId,
    familyHash: familyHash(family),
    hash,
  });
  return stored ? settle(context, token, stored, now) : { kind: "invalid" };
}

/** Decides about a token that could not be exchanged. */
async function settle(
  context: Context,
  token: string,
  stored: StoredToken,
  now: Date,
): Promise<RefreshOutcome> {
  const { traceId } = context;
  const { sessionId, userId, sealedSuccessor } = stored;
  const verdict = judgeToken(stored, now);
  switch (verdict) {
    case "ended":
      return { kind: "invalid" };
    case "reused":
      await endSession(context, { id: sessionId, userId }, now);
      context.log.warn(
        { traceId, userId, sessionId },
        "a used refresh token came back: session revoked",
      );
      return { kind: "invalid" };
    case "fresh":
    case "replayed":
      invariant(sealedSuccessor, "a live refresh token was not exchanged", { sessionId, verdict });
      return signedIn(context, stored, openSuccessor(token, sealedSuccessor), now);
  }
}

/** Ends the viewer's session and returns its id. An ended session stays as it is. */
export async function signOut(context: Context): Promise<string> {
  const { id: userId, sessionId } = requireViewer(context);
  await endSession(context, { id: sessionId, userId }, context.now());
  return sessionId;
}

/** Ends a session early, and publishes that, so that routers refuse its access tokens. */
async function endSession(
  { database }: Context,
  session: { readonly id: string; readonly userId: string },
  revokedAt: Date,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const hasEnded = await revokeSession(tx, session, revokedAt);
    if (hasEnded) await addToOutbox(tx, [sessionEndedFact({ ...session, revokedAt })]);
  });
}

function openSession(userId: string, now: Date): { session: NewSession; refreshToken: string } {
  const id = newId();
  const family = newFamily(id);
  const refreshToken = newRefreshToken(family);
  const session = {
    id,
    userId,
    familyHash: familyHash(family),
    createdAt: now,
    expiresAt: sessionEnd(now),
    tokenHash: tokenHash(refreshToken),
  };
  return { session, refreshToken };
}

/** Adds an access token with the person's current roles. */
async function signedIn(
  context: Context,
  session: RotatedSession,
  refreshToken: string,
  now: Date,
): Promise<SignedIn> {
  const { userId, sessionId, expiresAt: sessionEndsAt } = session;
  const roles = (await findRoles(context.database, [userId])).get(userId) ?? [];
  const access = await context.accessTokens.mint({ userId, sessionId, roles, sessionEndsAt }, now);
  return { kind: "signedIn", userId, access, refreshToken };
}
