// Begins sessions: every way to sign in ends here. It judges whether the person may have one, asks
// for their second factor, and gives the tokens. Checking the factors is the caller's part.
import { newId } from "#kit/data/id";
import { invariant } from "#kit/invariant";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { deviceOfSession } from "./devices.ts";
import { issueOnce } from "./once.ts";
import { countedRoles } from "./second-factor/rules.ts";
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
  /** For the device to keep; null when a session goes on. */
  readonly deviceToken: string | null;
  readonly isLeaving: boolean;
  /** A role of theirs does not count, because it needs a second factor. */
  readonly isSecondFactorMissing: boolean;
}

/** The first factor was right. Nothing is given before the second one. */
export interface SecondFactorNeeded {
  readonly kind: "secondFactor";
  /** Works once, with a code of the second factor. */
  readonly challenge: string;
  readonly expiresAt: Date;
}

export type SecondFactorVerdict = SignedIn | AccountSuspended | { readonly kind: "invalid" };

export type SignInVerdict = SecondFactorVerdict | SecondFactorNeeded;

/**
 * Signs a person in who has shown their first factor, or asks for the second one. The person's row
 * is locked, so that a change of their standing or of their second factor waits for the session,
 * and then ends it. A suspended person is told why. `deviceToken` is what the client sent.
 */
export async function passFirstFactor(
  tx: Transaction,
  context: Context,
  personId: string,
  deviceToken: string | null = null,
): Promise<SignInVerdict> {
  const access = await lockAccess(tx, personId);
  if (access?.hasSecondFactor && access.standing !== "SUSPENDED") {
    const { token, expiresAt } = await issueOnce(tx, context, { kind: "second-factor", personId });
    return { kind: "secondFactor", challenge: token, expiresAt };
  }
  return passSecondFactor(tx, context, { personId, access, deviceToken });
}

interface BothFactors {
  readonly personId: string;
  /** Locked. */
  readonly access: Access | null;
  readonly deviceToken: string | null;
}

/** Signs a person in who has shown all factors that they have. */
export async function passSecondFactor(
  tx: Transaction,
  context: Context,
  { personId, access, deviceToken }: BothFactors,
): Promise<SecondFactorVerdict> {
  if (!access) return { kind: "invalid" };
  if (access.standing === "SUSPENDED") {
    return (await explainSuspension(tx, context, personId)) ?? { kind: "invalid" };
  }
  return beginSession(tx, context, personId, access, deviceToken);
}

/** Begins a session, without any judgement. */
export async function beginSession(
  tx: Transaction,
  context: Context,
  personId: string,
  access: Access,
  deviceToken: string | null = null,
): Promise<SignedIn> {
  const now = context.now();
  const id = newId();
  const family = newFamily(id);
  const refreshToken = newRefreshToken(family);
  const expiresAt = sessionEnd(now);
  const { isVerified } = access;
  const device = await deviceOfSession(tx, context, { personId, isVerified, deviceToken });
  await insertSession(tx, {
    id,
    userId: personId,
    familyHash: familyHash(family),
    createdAt: now,
    expiresAt,
    tokenHash: tokenHash(refreshToken),
    deviceId: device.id,
    sealedUserAgent: device.sealedUserAgent,
  });
  const session = { sessionId: id, userId: personId, expiresAt };
  const signedIn = await withTokens(context, session, access, refreshToken);
  return { ...signedIn, deviceToken: device.token };
}

interface OpenSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/** The tokens of a session, with what the person may do now. */
export async function withTokens(
  { accessTokens, secondFactorRequiredFor, now }: Context,
  { userId, sessionId, expiresAt: sessionEndsAt }: OpenSession,
  access: Access | null,
  refreshToken: string,
): Promise<SignedIn> {
  invariant(access, "a session belongs to nobody", { userId });
  const roles = countedRoles(access, secondFactorRequiredFor);
  const grant = { ...access, roles, userId, sessionId, sessionEndsAt };
  const token = await accessTokens.mint(grant, now());
  return {
    kind: "signedIn",
    ...{ userId, access: token, refreshToken, deviceToken: null },
    isLeaving: access.standing === "LEAVING",
    isSecondFactorMissing: roles.length < access.roles.length,
  };
}

/** The tokens, and the person with their own view of themselves: the request was anonymous. */
export async function tokensOf(signedIn: SignedIn, context: Context) {
  const { userId, access, refreshToken, deviceToken, isLeaving } = signedIn;
  const { isSecondFactorMissing } = signedIn;
  const viewer = await context.loaders.user.load(userId);
  invariant(viewer, "a session belongs to nobody", { userId });
  return {
    accessToken: access.token,
    refreshToken,
    deviceToken,
    expiresAt: access.expiresAt,
    expiresIn: access.lifeSeconds,
    viewer: {
      ...viewer,
      ...{ isOwn: true, isSecondFactorMissing },
      ...(!isLeaving && { leavesAt: null }),
    },
  };
}

/** The further step, for resolvers of every way to sign in. */
export function secondFactorRequired({ challenge, expiresAt }: SecondFactorNeeded) {
  return { __typename: "SecondFactorRequired" as const, challenge, expiresAt };
}
