// Begins sessions: every way to sign in ends here. It judges whether the person may have one, and
// gives the tokens; which factors they have shown is the caller's part.
import { newId } from "#kit/data/id";
import { invariant } from "#kit/invariant";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import type { AccessToken } from "./sessions/access-tokens.ts";
import { familyHash, newFamily, newRefreshToken, tokenHash } from "./sessions/refresh-tokens.ts";
import { sessionEnd } from "./sessions/rules.ts";
import { insertSession } from "./sessions/store.ts";
import { type Access, lockAccess } from "./standing/store.ts";
import { type AccountSuspended, explainSuspension } from "./suspended.ts";

/** The tokens of a signed-in client. */
export interface SignedIn {
  readonly kind: "signedIn";
  readonly userId: string;
  readonly access: AccessToken;
  readonly refreshToken: string;
}

export type SignInVerdict = SignedIn | AccountSuspended | { readonly kind: "invalid" };

/**
 * Signs a person in who has shown their first factor. The person's row is locked, so that a change
 * of their standing waits for the session, and then ends it. A suspended person is told why.
 */
export async function passFirstFactor(
  tx: Transaction,
  context: Context,
  personId: string,
): Promise<SignInVerdict> {
  const access = await lockAccess(tx, personId);
  if (!access) return { kind: "invalid" };
  if (access.standing === "SUSPENDED") {
    return (await explainSuspension(tx, context, personId)) ?? { kind: "invalid" };
  }
  return beginSession(tx, context, personId, access);
}

/** Begins a session, without any judgement. */
export async function beginSession(
  tx: Transaction,
  context: Context,
  personId: string,
  access: Access,
): Promise<SignedIn> {
  const now = context.now();
  const id = newId();
  const family = newFamily(id);
  const refreshToken = newRefreshToken(family);
  const expiresAt = sessionEnd(now);
  await insertSession(tx, {
    id,
    userId: personId,
    familyHash: familyHash(family),
    createdAt: now,
    expiresAt,
    tokenHash: tokenHash(refreshToken),
  });
  return withTokens(context, { sessionId: id, userId: personId, expiresAt }, access, refreshToken);
}

interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/** The tokens of a session, with what the person may do now. */
export async function withTokens(
  { accessTokens, now }: Context,
  { userId, sessionId, expiresAt: sessionEndsAt }: OpenSession,
  access: Access | null,
  refreshToken: string,
): Promise<SignedIn> {
  invariant(access, "a session belongs to nobody", { userId });
  const token = await accessTokens.mint({ userId, sessionId, sessionEndsAt, ...access }, now());
  return { kind: "signedIn", userId, access: token, refreshToken };
}

/** The tokens, and the person with their own view of themselves: the request was anonymous. */
export async function tokensOf({ userId, access, refreshToken }: SignedIn, context: Context) {
  const viewer = await context.loaders.user.load(userId);
  invariant(viewer, "a session belongs to nobody", { userId });
  return {
    accessToken: access.token,
    refreshToken,
    expiresAt: access.expiresAt,
    expiresIn: access.lifeSeconds,
    viewer: { ...viewer, isOwn: true },
  };
}
