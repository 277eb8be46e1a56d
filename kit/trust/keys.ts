// Ed25519 keys from the environment: one private key that signs, a set of public keys that verify.
// Rotation is by configuration: publish the next public key first, then sign with it, later drop
// the old one.
import { type CryptoKey, createLocalJWKSet, importJWK, type JSONWebKeySet } from "jose";
import { z } from "zod";
import { json } from "#kit/service/config";

export const SIGNING_ALGORITHM = "EdDSA";

const publicKey = z.looseObject({
  kty: z.literal("OKP"),
  crv: z.literal("Ed25519"),
  kid: z.string().min(1),
  x: z.string().min(1),
});

/** A setting that holds a private Ed25519 JWK with a `kid`. */
export const signingKeySetting = json(publicKey.extend({ d: z.string().min(1) }));

/**
 * A setting that holds a JWK set of public Ed25519 keys; one that leaks a private part is refused.
 */
export const keySetSetting = json(
  z.object({
    keys: z
      .array(publicKey.refine((key) => !("d" in key), "must hold public keys only"))
      .min(1, "must hold at least one key"),
  }),
);

export interface SigningKey {
  readonly kid: string;
  readonly key: CryptoKey;
}

export async function importSigningKey(
  jwk: z.infer<typeof signingKeySetting>,
): Promise<SigningKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new TypeError("a signing key must be asymmetric");
  return { kid: jwk.kid, key };
}

/** The function with which `jwtVerify` finds the key of a token's `kid`. */
export function keyFinder(keySet: z.infer<typeof keySetSetting>) {
  return createLocalJWKSet(keySet as JSONWebKeySet);
}
