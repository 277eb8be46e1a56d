// Codes of an app, as RFC 6238 makes them: HMAC-SHA-1, 6 digits, 30 seconds, which is what all apps
// know. Pure: no clock, no database.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { base32 } from "#kit/input/base32";

/** RFC 4226 §4 recommends 160 bits. */
const SECRET_BYTES = 20;
const STEP_MS = 30_000;
const DIGITS = 6;
/** For clocks that differ, and for codes typed late: one step before and one after. */
const WINDOW = 1;
const ISSUER = "Meetinity";

export function newSecret(): Uint8Array {
  return randomBytes(SECRET_BYTES);
}

/** The number of the step that an instant is in. */
export function stepOf(instant: Date): number {
  return Math.floor(instant.getTime() / STEP_MS);
}

/** The code of a step: RFC 4226 §5.3 over the number of the step. */
export function codeOf(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** The step of a code that counts now; null if none has it. Takes as long for each. */
export function stepWithCode(secret: Uint8Array, code: string, now: Date): number | null {
  const given = Buffer.from(code);
  const current = stepOf(now);
  let found: number | null = null;
  for (let step = current - WINDOW; step <= current + WINDOW; step += 1) {
    const expected = Buffer.from(codeOf(secret, step));
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = step;
  }
  return found;
}

/** The text of the QR code for an app: the Key URI Format of Google Authenticator. */
export function uriOf(secret: Uint8Array, account: string): string {
  const label = `${ISSUER}:${encodeURIComponent(account)}`;
  const parameters = new URLSearchParams({
    secret: base32(secret),
    issuer: ISSUER,
    algorithm: "SHA1",
    digits: String(DIGITS),
    period: String(STEP_MS / 1_000),
  });
  return `otpauth://totp/${label}?${parameters}`;
}
