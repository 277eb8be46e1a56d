// Ed25519 keys from the environment: one private key signs, a set of public keys verifies. To
// rotate keys, publish the next public key, then sign with the new key, then drop the old one.
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

/** A setting with a private Ed25519 JWK that has a `kid`. */
export const signingKeySetting = json(publicKey.extend({ d: z.string().min(1) }));

/** A setting with a JWK set of public Ed25519 keys; a private part in it is refused. */
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

/** A function for `jwtVerify` that finds the key of a token by its `kid`. */
export function keyFinder(keySet: z.infer<typeof keySetSetting>) {
  return createLocalJWKSet(keySet as JSONWebKeySet);
}
