// Makes tokens with the keys of the test stack: for people without accounts, and for attackers.
import { importJWK, SignJWT } from "jose";
import { newId } from "../../kit/data/id.ts";
import { createIdentityMint, type Identity } from "../../kit/trust/identity.ts";
import { importSigningKey } from "../../kit/trust/keys.ts";
import { stack } from "./stack.ts";

export interface TokenOptions {
  readonly userId: string;
  /** Default: a new session for each token. */
  readonly sessionId?: string;
  readonly roles?: readonly string[];
  readonly scopes?: readonly string[];
  /** The token version. Default: 0, as of a person from whom nothing was taken. */
  readonly version?: number;
  /** Seconds from now. Negative for an expired token. */
  readonly lifeSeconds?: number;
  /** As of somebody who is leaving. */
  readonly isRestricted?: boolean;
}

const PERSON = {
  roles: ["USER", "ORGANIZER"],
  scopes: ["profile:write", "registrations:write", "messages:write", "events:write", "verified"],
};

/** An access token as from `signIn`. */
export async function accessToken(options: TokenOptions): Promise<string> {
  const jwk = JSON.parse(stack().keys.ACCESS_TOKEN_SIGNING_KEY);
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    sid: options.sessionId ?? newId(),
    ver: options.version ?? 0,
    roles: options.roles ?? PERSON.roles,
    scope: (options.scopes ?? PERSON.scopes).join(" "),
    ...(options.isRestricted && { restricted: true }),
  })
    .setProtectedHeader({ alg: "EdDSA", kid: jwk.kid })
    .setIssuer("meetinity")
    .setAudience("meetinity")
    .setSubject(options.userId)
    .setIssuedAt(now)
    .setExpirationTime(now + (options.lifeSeconds ?? 900))
    .sign(await importJWK(jwk, "EdDSA"));
}

/** An identity token of the router, for requests to a subgraph. */
export async function identityToken(identity: Identity): Promise<string> {
  const jwk = JSON.parse(stack().keys.IDENTITY_SIGNING_KEY);
  return createIdentityMint(await importSigningKey(jwk))(identity);
}
