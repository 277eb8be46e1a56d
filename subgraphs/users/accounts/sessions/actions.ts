// Signs people in and out, and refreshes their sessions.
import { inTransaction } from "#kit/data/database";
import { invariant } from "#kit/invariant";
import { requireSignedIn } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { normalEmail } from "../addresses.ts";
import { countAttempt, forgiveAttempt, type TooManyAttempts } from "../attempts.ts";
import { tellOfTheft } from "../devices.ts";
import { endSession } from "../endings.ts";
import { normalPassword } from "../new-passwords.ts";
import { holdPassword } from "../passwords/store.ts";
import { passFirstFactor, type SignedIn, type SignInVerdict, withTokens } from "../signing-in.ts";
import { findAccess } from "../standing/store.ts";
import {
  familyHash,
  familyOf,
  newRefreshToken,
  openSuccessor,
  sealSuccessor,
  tokenHash,
} from "./refresh-tokens.ts";
import { graceLimit, idleLimit, judgeToken } from "./rules.ts";
import {
  findCredentials,
  findToken,
  type RotatedSession,
  rotateToken,
  type StoredToken,
} from "./store.ts";

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly deviceToken?: string | null | undefined;
}

/**
 * Begins a session: for the owner of the address, else for the newest account that claims it. A
 * refusal takes two hashes whether there is an owner, a claim, both or nobody, and a claim takes
 * two whether there is an owner or not.
 */
export async function signIn(
  context: Context,
  given: SignIn,
): Promise<SignInVerdict | TooManyAttempts> {
  const email = normalEmail(given.email);
  const { deviceToken = null } = given;
  const attempt = await countAttempt(context, { kind: "sign-in", of: { email }, deviceToken });
  if (attempt.kind === "tooManyAttempts") return attempt;
  const credentials = await findCredentials(context.database, email);
  const password = normalPassword(given.password);
  for (const isOwner of [true, false]) {
    const credential = credentials.find((each) => each.isOwner === isOwner);
    const passwordHash = credential?.passwordHash ?? null;
    const isMatch = await context.passwords.matches(password, passwordHash);
    if (!credential || passwordHash === null || !isMatch) continue;
    await forgiveAttempt(context, attempt);
    const { userId } = credential;
    return inTransaction(context.database, async (tx) => {
      const isHeld = await holdPassword(tx, userId, passwordHash);
      return isHeld ? passFirstFactor(tx, context, userId, deviceToken) : { kind: "invalid" };
    });
  }
  return { kind: "invalid" };
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
  if (rotated) return continued(context, rotated, successor);
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
      await inTransaction(context.database, async (tx) => {
        const session = { id: sessionId, userId };
        if (await endSession(tx, session, now)) await tellOfTheft(tx, context, session);
      });
      context.log.warn(
        { traceId, userId, sessionId },
        "a used refresh token came back: session revoked",
      );
      return { kind: "invalid" };
    case "fresh":
    case "replayed":
      invariant(sealedSuccessor, "a live refresh token was not exchanged", { sessionId, verdict });
      return continued(context, stored, openSuccessor(token, sealedSuccessor));
  }
}

/** Ends the viewer's session and returns its id. An ended session stays as it is. */
export async function signOut(context: Context): Promise<string> {
  const { id: userId, sessionId } = requireSignedIn(context);
  await inTransaction(context.database, (tx) =>
    endSession(tx, { id: sessionId, userId }, context.now()),
  );
  return sessionId;
}

/** Adds an access token with what the person may do now. */
async function continued(
  context: Context,
  session: RotatedSession,
  refreshToken: string,
): Promise<SignedIn> {
  const access = await findAccess(context.database, session.userId);
  return withTokens(context, session, access, refreshToken);
}
