// Makes refresh tokens, their stored hashes, and the sealed successor, which only the holder of the
// token before it can open: neither the database nor this server alone can issue a token again.
//
// A token has, in bytes: the session's id (16), the family secret that all tokens of the session
// share (32), a nonce (32), and a check over the three (16). Only holders of a token of the session
// know the family secret: it distinguishes a token that was issued once, and whose row was deleted,
// from a made-up one.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { parse } from "uuid";
import { isId } from "#kit/data/id";

const SESSION_BYTES = 16;
const FAMILY_BYTES = 32;
const NONCE_BYTES = 32;
const CHECK_BYTES = 16;
const CHECKED_BYTES = SESSION_BYTES + FAMILY_BYTES + NONCE_BYTES;
const UUID_PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
const SEAL_NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = "aes-256-gcm";
const PURPOSE = "meetinity refresh token successor v1";

/** The parts that all refresh tokens of one session share. */
export interface Family {
  readonly sessionId: string;
  /** 256 random bits. Only its hash is stored. */
  readonly secret: Uint8Array;
}

export function newFamily(sessionId: string): Family {
  return { sessionId, secret: randomBytes(FAMILY_BYTES) };
}

/** A new token of the family, with 256 random bits of its own, as base64url. */
export function newRefreshToken({ sessionId, secret }: Family): string {
  const checked = Buffer.concat([parse(sessionId), secret, randomBytes(NONCE_BYTES)]);
  return Buffer.concat([checked, checkOf(checked, secret)]).toString("base64url");
}

/**
 * The family that a token claims; null for a text that cannot be a token. Whether the family exists
 * is not checked.
 */
export function familyOf(token: string): Family | null {
  const bytes = Buffer.from(token, "base64url");
  // Decoding skips unknown characters, but a token with a blank behind it is not a stolen token.
  if (bytes.toString("base64url") !== token) return null;
  if (bytes.length !== CHECKED_BYTES + CHECK_BYTES) return null;
  const checked = bytes.subarray(0, CHECKED_BYTES);
  const secret = bytes.subarray(SESSION_BYTES, SESSION_BYTES + FAMILY_BYTES);
  if (!timingSafeEqual(bytes.subarray(CHECKED_BYTES), checkOf(checked, secret))) return null;
  const id = bytes.toString("hex", 0, SESSION_BYTES).replace(UUID_PARTS, "$1-$2-$3-$4-$5");
  return isId(id) ? { sessionId: id, secret } : null;
}

/** So that a token that was damaged on its way is not taken for another one of its family. */
function checkOf(checked: Uint8Array, secret: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(checked).digest().subarray(0, CHECK_BYTES);
}

/** SHA-256 of a token; a slow hash is not needed, because a token is random. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return sha256(token);
}

/** SHA-256 of the family secret; nobody can make a token of the family from it. */
export function familyHash({ secret }: Family): Uint8Array<ArrayBuffer> {
  return sha256(secret);
}

function sha256(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(data).digest());
}

/** The successor under a key that HKDF (RFC 5869) derives from `token`: nonce, ciphertext, tag. */
export function sealSuccessor(token: string, successor: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(SEAL_NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(token), nonce);
  const sealed = [nonce, cipher.update(successor, "utf8"), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(sealed));
}

/** The successor that was sealed for `token`. Throws for another token, and for changed bytes. */
export function openSuccessor(token: string, sealed: Uint8Array): string {
  const nonce = sealed.subarray(0, SEAL_NONCE_BYTES);
  const tag = sealed.subarray(-TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, keyOf(token), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  const opened = decipher.update(sealed.subarray(SEAL_NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([opened, decipher.final()]).toString("utf8");
}

function keyOf(token: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", token, "", PURPOSE, 32));
}
