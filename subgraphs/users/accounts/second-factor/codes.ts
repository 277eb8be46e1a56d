// Makes recovery codes, and recognizes codes however people type them. It checks none.
import { randomBytes } from "node:crypto";

const RECOVERY_CODES = 10;

/** Crockford's base 32: no letter looks like a digit. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const CODE_LENGTH = 10;

/** Ten new codes of 50 random bits, in their normal form. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from(randomBytes(CODE_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join(""),
  );
}

/** A recovery code as people read it. */
export function shownCode(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

export type TypedCode =
  | { readonly kind: "app"; readonly code: string }
  | { readonly kind: "recovery"; readonly code: string };

/** A code in its normal form, however it was typed; null for what can be none. */
export function typedCode(text: string): TypedCode | null {
  const code = text.normalize("NFKC").replace(/[\s\p{Pd}]/gu, "");
  if (/^\d{6}$/.test(code)) return { kind: "app", code };
  const recovery = code.toLowerCase().replaceAll("o", "0").replace(/[il]/g, "1");
  const isRecovery = recovery.length === CODE_LENGTH && [...recovery].every(isOfAlphabet);
  return isRecovery ? { kind: "recovery", code: recovery } : null;
}

function isOfAlphabet(character: string): boolean {
  return ALPHABET.includes(character);
}
