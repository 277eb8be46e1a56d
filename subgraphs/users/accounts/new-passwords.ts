// Judges new passwords, for every feature that sets one. It has no clock and no database.
import { fold } from "#kit/input/fold";
import { isCommon } from "./common-passwords.ts";
import type { PasswordRule, WeakPassword } from "./passwords/rules.ts";

/** The normal form of a password, for all ways in which keyboards write it. */
export function normalPassword(password: string): string {
  return password.normalize("NFKC");
}

const LENGTH_MIN = 8;
const PRODUCT = "meetinity";
/** How many letters and digits a password needs beside the person's own words. */
const REST_MIN = 5;
/** So many characters before and after a common password do not hide it. */
const DECORATION_MAX = 5;

/** The person with the new password, and the password in its normal form. */
interface Applicant {
  readonly email: string;
  readonly displayName: string;
  readonly headline?: string | null;
  readonly password: string;
}

export type PasswordVerdict = { readonly kind: "accepted" } | WeakPassword;

/**
 * Judges a new password. Length counts code points. Texts with the same fold count as the same,
 * because they are as easy to guess.
 */
export function judgePassword(applicant: Applicant): PasswordVerdict {
  const { password } = applicant;
  const folded = fold(password.trim());
  if (Array.from(password).length < LENGTH_MIN) return weak("TOO_SHORT");
  if (isRepeated(password)) return weak("REPEATED");
  if (isSequence(password)) return weak("SEQUENCE");
  if (isCommon(folded) || isDecorated(folded)) return weak("COMMON");
  if (isPersonal(folded, wordsOf(applicant))) return weak("PERSONAL");
  return { kind: "accepted" };
}

const REASONS: Readonly<Record<PasswordRule, string>> = {
  TOO_SHORT: `Choose a password of at least ${LENGTH_MIN} characters.`,
  REPEATED: "Choose a password that does not repeat the same characters.",
  SEQUENCE: "Choose a password that is not a row of neighbouring characters.",
  COMMON: "Many people have this password, so it is tried first. Choose another one.",
  PERSONAL: "Choose a password with more in it than your name, your address or Meetinity.",
  UNCHANGED: "Choose a password other than the current one.",
};

/** The refusal of a password that breaks a rule. */
export function weak(rule: PasswordRule): WeakPassword {
  return { kind: "weak", rule, reason: REASONS[rule], minLength: LENGTH_MIN };
}

/** One to four characters again and again. */
function isRepeated(password: string): boolean {
  return /^(.{1,4}?)\1+$/su.test(password);
}

/** Each character is the next one, or the one before: `abcdefgh`, `87654321`. */
function isSequence(password: string): boolean {
  const points = Array.from(password, (character) => character.codePointAt(0) ?? 0);
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0));
  const [first = 0] = steps;
  return Math.abs(first) === 1 && steps.every((step) => step === first);
}

/** A common word with a few other characters around: `sunshine!99`. */
function isDecorated(folded: string): boolean {
  const bare = folded.replace(/^\P{L}+|\P{L}+$/gu, "");
  const decoration = Array.from(folded).length - Array.from(bare).length;
  return decoration <= DECORATION_MAX && isCommon(bare);
}

/** The person's own words, with less beside them than somebody would have to guess. */
function isPersonal(folded: string, words: readonly string[]): boolean {
  const bare = words.reduce((text, word) => text.replaceAll(word, " "), folded);
  if (bare === folded) return false;
  const rest = bare.replaceAll(/[^\p{L}\p{N}]/gu, "");
  return Array.from(rest).length < REST_MIN || isCommon(rest);
}

/** Folded, the longest first: the address and its parts, the parts of the name, the headline's. */
function wordsOf({ email, displayName, headline }: Applicant): string[] {
  const [local = "", domain = ""] = email.split("@");
  const whole = [email, local, displayName, PRODUCT].map(fold);
  const parts = [local, displayName, headline ?? "", domain.replace(/\.[^.]*$/, "")]
    .flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u))
    .filter((word) => Array.from(word).length > 1);
  return [...whole, ...parts].filter(Boolean).sort((a, b) => b.length - a.length);
}
