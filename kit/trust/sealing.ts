// Seals personal texts at rest. Each person has a key of their own, wrapped by a key of the
// deployment: without the row of the key nobody can open what it sealed, so deleting that row
// erases it everywhere, backups of other tables included. AES-256-GCM, bound to person and purpose.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const TAG = { authTagLength: TAG_BYTES };

/** Keys of 32 bytes as base64url, with commas between: the first wraps, the others only unwrap. */
export const sealingKeysSetting = z
  .string()
  .transform((text) => text.split(",").map((key) => Buffer.from(key.trim(), "base64url")))
  .refine((keys) => keys.every(({ length }) => length === KEY_BYTES), {
    error: "must be keys of 32 bytes as base64url, with commas between: `npm run keys` makes one",
  });

export interface Sealing {
  /** A new key of a person, wrapped. */
  newKey(personId: string): Buffer<ArrayBuffer>;
  /** Throws if no key of the deployment unwraps it, or if it is another person's. */
  of(personId: string, wrapped: Uint8Array): Seal;
  /** A keyed hash (HMAC-SHA-256), for short secrets that a plain hash would not hide. */
  digest(text: string): Uint8Array<ArrayBuffer>;
}

export interface Seal {
  /** `purpose` is where the text is kept: it opens for no other. */
  seal(purpose: string, text: string): string;
  open(purpose: string, sealed: string): string;
  /** A hash with the person's key (HMAC-SHA-256), for secrets that a plain hash would not hide. */
  digest(purpose: string, text: string): Uint8Array<ArrayBuffer>;
}

export function createSealing(keys: readonly Buffer[]): Sealing {
  const [first] = keys;
  if (!first) throw new Error("There is no key to seal with.");
  return {
    digest: (text) => hmac(digesting(first), text),
    newKey: (personId) => encrypt(wrapping(first), randomBytes(KEY_BYTES), `key:${personId}`),
    of(personId, wrapped) {
      const key = unwrap(keys, wrapped, `key:${personId}`);
      const context = (purpose: string) => `${purpose}:${personId}`;
      return {
        seal: (purpose, text) =>
          encrypt(key, Buffer.from(text, "utf8"), context(purpose)).toString("base64url"),
        open: (purpose, sealed) =>
          decrypt(key, Buffer.from(sealed, "base64url"), context(purpose)).toString("utf8"),
        digest: (purpose, text) => hmac(digesting(key), `${context(purpose)}:${text}`),
      };
    },
  };
}

/** The key for wrapping, so that the deployment's key is used for nothing by itself. */
function wrapping(key: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", "meetinity person keys", KEY_BYTES));
}

function digesting(key: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", "meetinity digests", KEY_BYTES));
}

function hmac(key: Buffer, text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", key).update(text, "utf8").digest());
}

function unwrap(keys: readonly Buffer[], wrapped: Uint8Array, context: string): Buffer {
  for (const key of keys) {
    try {
      return decrypt(wrapping(key), wrapped, context);
    } catch {
      // Another key may be the one.
    }
  }
  throw new Error("A key of a person was wrapped by a key that is not in SEALING_KEYS.");
}

function encrypt(key: Buffer, text: Buffer, context: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context, "utf8"));
  return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Uint8Array, context: string): Buffer {
  const body = Buffer.from(sealed);
  const decipher = createDecipheriv(ALGORITHM, key, body.subarray(0, NONCE_BYTES), TAG)
    .setAAD(Buffer.from(context, "utf8"))
    .setAuthTag(body.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
