// Signs access tokens for clients: short-lived JWTs with person, session, roles and scopes.
import { SignJWT } from "jose";
import { newId } from "#kit/data/id";
import { SIGNING_ALGORITHM, type SigningKey } from "#kit/trust/keys";
import type { Role, Standing } from "../../generated/prisma/enums.ts";

/** The longest life of a token; a setting may make it shorter. */
export const ACCESS_TOKEN_SECONDS = 900;

/** For clocks that differ, and for tokens signed while the session ended. */
const LATE_SECONDS = 60;

/** When all access tokens of a session that ended at `sessionEndedAt` have expired. */
export function accessTokensEndBy(sessionEndedAt: Date): Date {
  return new Date(sessionEndedAt.getTime() + (ACCESS_TOKEN_SECONDS + LATE_SECONDS) * 1_000);
}

/** Sessions that ended before the returned time have no valid access tokens. */
export function accessTokensLeftSince(now: Date): Date {
  return new Date(now.getTime() - (ACCESS_TOKEN_SECONDS + LATE_SECONDS) * 1_000);
}

const ISSUER = "meetinity";
const AUDIENCE = "meetinity";

/** The facts that decide about the scopes of a token. */
export type AccessOf = Pick<Grant, "roles" | "standing" | "isVerified">;

export interface Grant {
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  readonly standing: Standing;
  /** Routers refuse tokens whose version is lower than the person's. */
  readonly tokenVersion: number;
  readonly isVerified: boolean;
  /** No token outlives its session. */
  readonly sessionEndsAt: Date;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
  /** From issue to expiry. */
  readonly lifeSeconds: number;
}

export interface AccessTokens {
  mint(grant: Grant, now: Date): Promise<AccessToken>;
}

export function createAccessTokens(options: {
  readonly signingKey: SigningKey;
  readonly lifeSeconds: number;
  scopesOf(access: AccessOf): readonly string[];
  isRestricted(standing: Standing): boolean;
}): AccessTokens {
  const { signingKey, lifeSeconds, scopesOf, isRestricted } = options;
  return {
    async mint({ userId, sessionId, sessionEndsAt, ...access }, now) {
      const { roles, tokenVersion: ver } = access;
      const issuedAt = Math.floor(now.getTime() / 1000);
      const sessionEnd = Math.floor(sessionEndsAt.getTime() / 1000);
      const expiry = Math.min(issuedAt + lifeSeconds, sessionEnd);
      const token = await new SignJWT({
        sid: sessionId,
        ver,
        roles,
        scope: scopesOf(access).join(" "),
        ...(isRestricted(access.standing) && { restricted: true }),
      })
        .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: signingKey.kid, typ: "JWT" })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(newId())
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiry)
        .sign(signingKey.key);
      return { token, expiresAt: new Date(expiry * 1000), lifeSeconds: expiry - issuedAt };
    },
  };
}
