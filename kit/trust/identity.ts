// Identities, and the short-lived token with which the router proves one to a subgraph. The router
// mints tokens; a subgraph refuses requests without one.
import { type JWTVerifyGetKey, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { fail, signInFirst } from "#kit/errors";
import { MeasuredCache } from "#kit/telemetry/caches";
import { SIGNING_ALGORITHM, type SigningKey } from "#kit/trust/keys";

/** The signed-in person for whom a request runs. */
export interface Viewer {
  readonly id: string;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** The version of the access token; 0 if absent. The router alone knows it. */
  readonly tokenVersion?: number;
  /**
   * True for somebody who may only do what the SDL marks with `@whileRestricted`, besides what is
   * public. They have no scopes.
   */
  readonly isRestricted?: true;
  /** When the access token expires, in milliseconds since the epoch. Streams end by then. */
  readonly expiresAt: number;
}

/** `anonymous`: not signed in. `audience`: no person, the reader of a stream that many share. */
export type Identity =
  | { readonly kind: "anonymous" }
  | { readonly kind: "audience" }
  | { readonly kind: "viewer"; readonly viewer: Viewer };

export const ANONYMOUS: Identity = { kind: "anonymous" };
export const AUDIENCE: Identity = { kind: "audience" };

/** The header with the token. Over graphql-ws it is `identity` of the operation or connection. */
export const IDENTITY_HEADER = "router-identity";

const ISSUER = "meetinity-router";
const SUBGRAPHS = "meetinity-subgraph";
const LIFE_SECONDS = 60;
const REMINT_BEFORE_MS = 15_000;
const CACHED_MAX = 10_000;

export type MintIdentity = (identity: Identity) => Promise<string>;
export type VerifyIdentity = (token: unknown) => Promise<Identity>;

/** Mints identity tokens of 60 seconds; a token is reused while a quarter of its life is left. */
export function createIdentityMint(signingKey: SigningKey): MintIdentity {
  const minted = new MeasuredCache<string, Promise<string>>("identityTokens", {
    max: CACHED_MAX,
    ttl: LIFE_SECONDS * 1000 - REMINT_BEFORE_MS,
  });
  const sign = (identity: Identity) =>
    new SignJWT({
      kind: identity.kind,
      ...(identity.kind === "viewer" && {
        sid: identity.viewer.sessionId,
        roles: identity.viewer.roles,
        scopes: identity.viewer.scopes,
        until: identity.viewer.expiresAt,
        ...(identity.viewer.isRestricted && { restricted: true }),
      }),
    })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: signingKey.kid })
      .setIssuer(ISSUER)
      .setAudience(SUBGRAPHS)
      .setSubject(identity.kind === "viewer" ? identity.viewer.id : identity.kind)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(signingKey.key);
  return (identity) => {
    const key = JSON.stringify(identity);
    const reused = minted.get(key);
    if (reused) return reused;
    const token = sign(identity);
    minted.set(key, token);
    return token;
  };
}

const claimsShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("anonymous") }),
  z.object({ kind: z.literal("audience") }),
  z.object({
    kind: z.literal("viewer"),
    sub: z.string(),
    sid: z.string(),
    roles: z.array(z.string()),
    scopes: z.array(z.string()),
    until: z.number(),
    restricted: z.literal(true).optional(),
  }),
]);

interface VerifiedIdentity {
  readonly identity: Identity;
  readonly expiresAt: number;
}

/** Verifies identity tokens against the router's public keys, and caches each until it expires. */
export function createIdentityVerifier(findKey: JWTVerifyGetKey): VerifyIdentity {
  const verified = new MeasuredCache<string, VerifiedIdentity>("verifiedIdentities", {
    max: CACHED_MAX,
  });
  return async (token) => {
    if (typeof token !== "string") throw refusal();
    const known = verified.get(token);
    if (known && known.expiresAt > Date.now()) return known.identity;
    const { payload } = await jwtVerify(token, findKey, {
      issuer: ISSUER,
      audience: SUBGRAPHS,
      algorithms: [SIGNING_ALGORITHM],
      requiredClaims: ["exp", "sub"],
    }).catch(() => {
      throw refusal();
    });
    const claims = claimsShape.safeParse(payload);
    if (!claims.success) throw refusal();
    const identity = identityOf(claims.data);
    verified.set(token, { identity, expiresAt: (payload.exp ?? 0) * 1000 });
    return identity;
  };
}

function identityOf(claims: z.infer<typeof claimsShape>): Identity {
  if (claims.kind !== "viewer") return { kind: claims.kind };
  return {
    kind: "viewer",
    viewer: {
      id: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      scopes: claims.scopes,
      expiresAt: claims.until,
      ...(claims.restricted && { isRestricted: true }),
    },
  };
}

function refusal() {
  return fail(
    "UNAUTHENTICATED",
    "This service answers the router alone: the identity token is missing or not valid.",
  );
}

/** The viewer of a request for which the SDL requires one, or `UNAUTHENTICATED`. */
export function requireViewer(context: { readonly viewer: Viewer | null }): Viewer {
  if (context.viewer) return context.viewer;
  throw signInFirst();
}

/** The same where the SDL has `@whileRestricted`: the viewer, or a restricted person. */
export function requireSignedIn(context: { readonly signedIn: Viewer | null }): Viewer {
  return requireViewer({ viewer: context.signedIn });
}
