// Makes refresh tokens, the hashes under which they are stored, and the sealed successor that only
// the holder of the token before it can open: neither the database nor this server alone can give a
// token out again.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { parse } from "uuid";
import { isId } from "#kit/id";

const SESSION_BYTES = 16;
const RANDOM_BYTES = 32;
const UUID_PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";
const PURPOSE = "meetinity refresh token successor v1";

/** The session's id and 256 random bits, as base64url. */
export function newRefreshToken(sessionId: string): string {
  return Buffer.concat([parse(sessionId), randomBytes(RANDOM_BYTES)]).toString("base64url");
}

/**
 * The session that a token claims to be of; null for what cannot be a token, down to the letter.
 */
export function sessionIdOf(token: string): string | null {
  const bytes = Buffer.from(token, "base64url");
  // Decoding skips what it does not know, and a token with a blank behind it is not a stolen one.
  if (bytes.toString("base64url") !== token) return null;
  if (bytes.length !== SESSION_BYTES + RANDOM_BYTES) return null;
  const id = bytes.toString("hex", 0, SESSION_BYTES).replace(UUID_PARTS, "$1-$2-$3-$4-$5");
  return isId(id) ? id : null;
}

/** SHA-256 of a token: enough, since a token is random and not guessable. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

/** The successor under a key that HKDF (RFC 5869) derives from `token`: nonce, ciphertext, tag. */
export function sealSuccessor(token: string, successor: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(token), nonce);
  const sealed = [nonce, cipher.update(successor, "utf8"), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(sealed));
}

/** The successor that was sealed for `token`. Throws when it was sealed for another, or changed. */
export function openSuccessor(token: string, sealed: Uint8Array): string {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(-TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, keyOf(token), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([opened, decipher.final()]).toString("utf8");
}

function keyOf(token: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", token, "", PURPOSE, 32));
}
