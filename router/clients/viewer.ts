// Turns the `Authorization` of a request or a socket into an identity, with the key set of access
// tokens. It decides who a viewer is, not what the viewer may do.
import { GraphQLError } from "graphql";
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  jwtVerify,
} from "jose";
import { z } from "zod";
import { fail } from "#kit/errors";
import type { Log } from "#kit/service/logger";
import { MeasuredCache } from "#kit/telemetry/caches";
import { ANONYMOUS, IDENTITY_HEADER, type Identity, type MintIdentity } from "#kit/trust/identity";
import { SIGNING_ALGORITHM } from "#kit/trust/keys";
import type { IssuedTokens } from "../sessions/issued-tokens.ts";

export interface Authenticator {
  /**
   * The identity that counts now for an `Authorization` value; anonymous without one. Throws
   * `UNAUTHENTICATED` for a token that is malformed, forged or expired, whose session has ended or
   * whose version was raised, and `SUBGRAPH_UNAVAILABLE` if the keys cannot be loaded.
   */
  identify(authorization: unknown): Promise<Identity>;
  /** The public keys of access tokens. */
  keySet(): Promise<JSONWebKeySet>;
  stop(): void;
}

const ISSUER = "meetinity";
const AUDIENCE = "meetinity";
const FETCH_TIMEOUT_MS = 3_000;
const UNKNOWN_KEY_COOLDOWN_MS = 10_000;
const REFRESH_MS = 60_000;
/** More than the people of one process, because all may reconnect at once. */
const VERIFIED_MAX = 20_000;
const TOKEN_LENGTH_MAX = 8_192;

const claimsShape = z.object({
  sub: z.string().min(1),
  sid: z.string().min(1),
  exp: z.number(),
  roles: z.array(z.string()),
  scope: z.string(),
  /** Tokens of older releases have none. */
  ver: z.int().default(0),
  restricted: z.literal(true).optional(),
});

/**
 * Verifies access tokens with the key set at `jwksUrl`. It reloads the keys every minute, and for
 * an unknown key id at most every 10 seconds. Known keys stay valid while `jwksUrl` does not
 * answer. A verified token is cached until it expires or the keys change.
 */
export function createAuthenticator(options: {
  readonly jwksUrl: string;
  readonly mint: MintIdentity;
  readonly tokens: Pick<IssuedTokens, "current">;
  readonly log: Log;
}): Authenticator {
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cooldownDuration: UNKNOWN_KEY_COOLDOWN_MS,
    cacheMaxAge: Number.POSITIVE_INFINITY,
    [customFetch]: async (url, init) => {
      init.headers.set(IDENTITY_HEADER, await options.mint(ANONYMOUS));
      return fetch(url, init);
    },
  });
  const verified = new MeasuredCache<string, Promise<Identity>>("accessTokens", {
    max: VERIFIED_MAX,
  });
  let verifiedBy = "";
  const refresh = async () => {
    try {
      await keys.reload();
    } catch (error) {
      options.log.warn({ err: error }, "the keys of access tokens were not refreshed");
    }
    const current = JSON.stringify(keys.jwks());
    if (current !== verifiedBy) verified.clear();
    verifiedBy = current;
  };
  const timer = setInterval(refresh, REFRESH_MS);
  timer.unref();

  const findKey: JWTVerifyGetKey = (header, token) =>
    keys(header, token).catch((error: unknown) => {
      const isNoSuchKey =
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys;
      throw isNoSuchKey ? error : keysUnavailable();
    });
  const identityOf = (token: string) => {
    const known = verified.get(token);
    if (known) return known;
    const identity = verify(token, findKey);
    verified.set(token, identity);
    identity.catch(() => verified.delete(token));
    return identity;
  };

  return {
    async identify(authorization) {
      if (authorization === undefined || authorization === null) return ANONYMOUS;
      const identity = await identityOf(bearerToken(authorization));
      if (isExpired(identity)) throw refusal("has expired");
      return options.tokens.current(identity);
    },
    async keySet() {
      if (!keys.jwks()) await keys.reload().catch(() => undefined);
      const known = keys.jwks();
      if (!known) throw keysUnavailable();
      return known;
    },
    stop: () => clearInterval(timer),
  };
}

async function verify(token: string, findKey: JWTVerifyGetKey): Promise<Identity> {
  const { payload } = await jwtVerify(token, findKey, {
    issuer: ISSUER,
    audience: AUDIENCE,
    algorithms: [SIGNING_ALGORITHM],
    requiredClaims: ["exp", "sub", "sid"],
  }).catch((error: unknown) => {
    if (error instanceof GraphQLError) throw error;
    throw refusal(error instanceof errors.JWTExpired ? "has expired" : "is not valid");
  });
  const claims = claimsShape.safeParse(payload);
  if (!claims.success) throw refusal("is not valid");
  const { sub, sid, roles, scope, ver, exp, restricted } = claims.data;
  return {
    kind: "viewer",
    viewer: {
      id: sub,
      sessionId: sid,
      roles,
      scopes: scope.split(" ").filter((each) => each !== ""),
      tokenVersion: ver,
      expiresAt: exp * 1000,
      ...(restricted && { isRestricted: true }),
    },
  };
}

function bearerToken(authorization: unknown): string {
  const token =
    typeof authorization === "string" && authorization.length <= TOKEN_LENGTH_MAX
      ? /^Bearer +([\w.-]+) *$/i.exec(authorization)?.[1]
      : undefined;
  if (token) return token;
  throw fail(
    "UNAUTHENTICATED",
    "The authorization must read `Bearer`, a space and an access token.",
  );
}

function isExpired(identity: Identity): boolean {
  return identity.kind === "viewer" && identity.viewer.expiresAt <= Date.now();
}

function refusal(why: string): GraphQLError {
  return fail("UNAUTHENTICATED", `The access token ${why}: refresh the session or sign in again.`);
}

function keysUnavailable(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "Access tokens cannot be verified at the moment; try again.");
}
